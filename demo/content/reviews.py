"""What buyers of the demo say of what they got. Nobody here exists.

Each fits anything that a studio of the demo makes, so whoever bought something may say it.
"""

# Stars, and the words beside them.
SAID = (
    (5, "Better than the pictures. The surface has a depth that no photo shows."),
    (4, "Lovely, and a little smaller than I had pictured it. Measure first."),
    (5, "Arrived wrapped like a present. It has stood where I see it every morning since."),
    (3, "Fine work, but the colour is cooler than on my screen."),
    (5, ""),
    (4, "Second one of these. Still the piece that guests pick up."),
    (5, "Heavier than it looks, which is exactly what I wanted."),
    (2, "Came with a small chip at the foot. They answered at once, still a pity."),
    (5, "You can feel that somebody made this."),
    (4, ""),
    (4, "Took a week longer than it said. Worth it."),
    (5, "Bought it for my sister, and ordered another one for myself."),
)

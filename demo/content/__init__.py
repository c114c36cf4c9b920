"""Who lives in the demo and what they say. Words and numbers only; `demo.steps` acts them out."""

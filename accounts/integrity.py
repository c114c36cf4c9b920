"""What must hold of people and brands (see `core.audits`)."""

from collections.abc import Iterator

from accounts.models import ProfileDecision
from accounts.states import may_move
from core import audits

_FOLLOWERS = """
SELECT 'profile @' || p.handle, 'counts ' || p.followers_count || ' followers and follows '
    || p.following_count || ', the rows say ' || coalesce(a.n, 0) || ' and ' || coalesce(b.n, 0)
FROM accounts_profile p
LEFT JOIN (SELECT followed_id, count(*) AS n FROM accounts_follow GROUP BY followed_id) a
    ON a.followed_id = p.id
LEFT JOIN (SELECT follower_id, count(*) AS n FROM accounts_follow GROUP BY follower_id) b
    ON b.follower_id = p.id
WHERE p.followers_count <> coalesce(a.n, 0) OR p.following_count <> coalesce(b.n, 0)
"""
_TOPICS = """
SELECT 'topic ' || coalesce(t.slug, f.slug), 'counts ' || coalesce(t.followers_count, 0)
    || ' followers, has ' || coalesce(f.n, 0)
FROM accounts_topicfollowers t
FULL JOIN (
    SELECT slug, count(DISTINCT p.id) AS n FROM accounts_profile p, unnest(p.interests) AS slug
    GROUP BY slug
) f ON f.slug = t.slug
WHERE coalesce(t.followers_count, 0) <> coalesce(f.n, 0)
"""
_OWNERS = """
SELECT 'brand @' || p.handle, 'nobody owns it'
FROM accounts_profile p
WHERE p.kind = 'brand' AND NOT EXISTS (
    SELECT FROM accounts_membership m
    WHERE m.organization_id = p.organization_id AND m.role = 'owner'
)
"""
_CLOSED_COMPANIES = """
SELECT 'company ' || o.public_id, 'has no member and still says who it was'
FROM accounts_organization o
WHERE NOT EXISTS (SELECT FROM accounts_membership m WHERE m.organization_id = o.id)
    AND NOT EXISTS (SELECT FROM accounts_profile p WHERE p.organization_id = o.id)
    -- Of the name it says that it is closed, in the words of whoever left last.
    AND concat(o.registration_number, o.vat_id, o.email, o.phone, o.line1, o.line2, o.postcode,
        o.city, o.country) <> ''
"""
_LAST_DECISION = """
SELECT 'profile @' || p.handle, 'is ' || p.state || ', last written down as '
    || coalesce(d.to_state, 'nothing')
FROM accounts_profile p
LEFT JOIN LATERAL (
    SELECT to_state FROM accounts_profiledecision WHERE profile_id = p.id
    ORDER BY at DESC, id DESC LIMIT 1
) d ON true
-- Whoever signs up is there, without a decision.
WHERE p.state IS DISTINCT FROM
    coalesce(d.to_state, CASE p.kind WHEN 'person' THEN 'approved' END)
"""


def _moves_off_the_graph() -> Iterator[tuple[str, str]]:
    rows = ProfileDecision.objects.values_list("profile__handle", "from_state", "to_state")
    for handle, old, new in rows.order_by("id").iterator(chunk_size=2_000):
        if not may_move(old, new):
            yield f"profile @{handle}", f"{old or 'nothing'} to {new}"


def register() -> None:
    for invariant, says, sql in (
        ("I9", "The last decision about a profile is its state", _LAST_DECISION),
        ("I9", "Every brand has an owner", _OWNERS),
        ("I10", "A company without a brand and without members says nothing", _CLOSED_COMPANIES),
        ("I11", "Followers are counted right", _FOLLOWERS),
        ("I11", "A topic counts its followers", _TOPICS),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
    audits.register_check(
        audits.Check(
            invariant="I9", says="Profiles move along their graph", find=_moves_off_the_graph
        )
    )

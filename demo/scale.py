"""A market of the size that figures are taken at: bulk rows on top of the demo, for load tests.

At scale 1: 100,000 people, 200 brands, 5 million follows, 2 million pins, 10,000 products, and a
million documents to search. Written by statements over whole tables, past all acts; only the shape
is real: few authors have most followers, and new pins are few beside old ones.
What is not given here gets the empty value of its column's type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import ProgrammingError, connection, transaction

# Bulk rows have primary keys from here on, so that they are told from those of the demo.
FIRST = 10_000_000
PEOPLE, BRANDS, FOLLOWS, PINS, PRODUCTS, DOCUMENTS = (
    100_000,
    200,
    5_000_000,
    2_000_000,
    10_000,
    1_000_000,
)
# Who reads walls of these many authors, by handle.
READERS = {"reads10": 10, "reads300": 300, "reads3000": 3_000}
STAR = "star"
# Everybody follows it, and each so many pins says it.
HASHTAG = "everywhere"
SAID_BY_EACH = 50

_EMPTY = {
    "character varying": "''",
    "text": "''",
    "smallint": "0",
    "integer": "0",
    "bigint": "0",
    "numeric": "0",
    "double precision": "0",
    "boolean": "false",
    "timestamp with time zone": "now()",
    "date": "now()",
    "ARRAY": "'{}'",
    "jsonb": "'{}'",
}
_NOUNS = "vase lamp rug chair desk bowl print soap candle bag throw mug cushion shelf mirror basket"
_LOOKS = "tall round small teal rust oak brass linen wool clay night slow quiet glazed woven folded"
# Signs of a public id in place of those of a hexadecimal number.
_SIGNS = "translate({}, '0123456789abcdef', 'bcdfghjkmnpqrstw')"


@dataclass(frozen=True)
class Size:
    """How many rows of each; a reader follows as many as there are at most."""

    people: int
    brands: int
    follows: int
    pins: int
    products: int
    documents: int

    @classmethod
    def of(cls, scale: float) -> Size:
        """Everything times `scale`, and at least a few of it."""
        people = max(40, int(PEOPLE * scale))
        return cls(
            people=people,
            brands=max(4, int(BRANDS * scale)),
            follows=int(FOLLOWS * scale),
            pins=max(100, int(PINS * scale)),
            products=max(20, int(PRODUCTS * scale)),
            documents=max(100, int(DOCUMENTS * scale)),
        )

    @property
    def authors(self) -> int:
        """People and brands."""
        return self.people + self.brands


Step = tuple[str, float, Callable[[Size], None]]


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _insert(table: str, source: str, *, conflicts: bool = False, **columns: str) -> None:
    """Rows of `table` from the FROM clause `source`, an SQL expression for each column named."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = %s AND is_nullable = 'NO' "
            "AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'",
            [table],
        )
        needed = {name: _EMPTY[kind] for name, kind in cursor.fetchall() if name not in columns}
    given = columns | needed
    ending = " ON CONFLICT DO NOTHING" if conflicts else ""
    _run(
        f"INSERT INTO {table} ({', '.join(given)}) "
        f"SELECT {', '.join(given.values())} FROM {source}{ending}"
    )


def _public_id(number: str, salt: str) -> str:
    """An id of our alphabet that is different for each number of one table."""
    return _SIGNS.format(
        f"lpad(to_hex({number}), 6, '0') || substr(md5('{salt}' || {number}), 1, 6)"
    )


def _word(words: str, number: str) -> str:
    all_words = words.split()
    array = "ARRAY[" + ", ".join(f"'{one}'" for one in all_words) + "]"
    return f"({array})[1 + (({number}) % {len(all_words)})]"


def _title(number: str) -> str:
    look, noun = _word(_LOOKS, f"{number} / 16"), _word(_NOUNS, number)
    return f"initcap({look}) || ' ' || {noun} || ' ' || {number}"


def _people(size: Size) -> None:
    series = f"generate_series(1, {size.people}) AS n"
    _insert(
        "accounts_user",
        series,
        id=f"{FIRST} + n",
        public_id=_public_id("n", "user"),
        email="'u' || n || '@scale.example'",
        password="'!'",
        is_active="true",
    )
    names = list(READERS)
    handle = f"(ARRAY{names!r})[n]"
    _insert(
        "accounts_profile",
        series,
        id=f"{FIRST} + n",
        public_id=_public_id("n", "person"),
        kind="'person'",
        handle=f"coalesce({handle}, 'u' || n)",
        handle_skeleton="'u' || n",
        name="'Person ' || n",
        name_skeleton="'person' || n",
        state="'approved'",
        user_id=f"{FIRST} + n",
        created_at="now() - interval '2 years'",
    )


def _brands(size: Size) -> None:
    series = f"generate_series(1, {size.brands}) AS n"
    brand = f"{FIRST} + {size.people} + n"
    _insert(
        "accounts_organization",
        series,
        id=brand,
        public_id=_public_id("n", "organization"),
        name="'House ' || n || ' GmbH'",
        country="'DE'",
    )
    _insert(
        "accounts_membership",
        series,
        user_id=f"{FIRST} + n",
        organization_id=brand,
        role="'owner'",
    )
    _insert(
        "accounts_profile",
        series,
        id=brand,
        public_id=_public_id(f"{size.people} + n", "person"),
        kind="'brand'",
        handle=f"CASE n WHEN 1 THEN '{STAR}' ELSE 'house' || n END",
        handle_skeleton="'house' || n",
        name="'House ' || n",
        name_skeleton="'house' || n",
        state="'approved'",
        verified_at="now()",
        organization_id=brand,
        created_at="now() - interval '2 years'",
    )
    _insert(
        "accounts_profiledecision",
        series,
        profile_id=brand,
        to_state="'approved'",
        at="now() - interval '2 years'",
    )
    _insert(
        "catalog_deliverymethod",
        series,
        public_id=_public_id("n", "delivery"),
        seller_id=brand,
        name="'Parcel'",
        zone="'Germany'",
        countries="ARRAY['DE']",
        price="490",
        currency="'EUR'",
        min_days="2",
        max_days="4",
        active="true",
    )


def _follows(size: Size) -> None:
    """Few are followed by most: the square of a share falls on the first of them."""
    each = max(1, round(size.follows / size.people))
    star = FIRST + size.people + 1
    stars = f"generate_series(1, {size.people}) AS n"
    _insert("accounts_follow", stars, follower_id=f"{FIRST} + n", followed_id=str(star))
    _insert(
        "accounts_follow",
        f"(SELECT {FIRST} + n AS follower, {FIRST} + {size.authors} -"
        f" floor(power(random(), 2) * {size.authors})::bigint AS followed"
        f" FROM generate_series({len(READERS) + 1}, {size.people}) AS n,"
        f" generate_series(1, {each}) AS k) AS one WHERE follower <> followed",
        conflicts=True,
        follower_id="follower",
        followed_id="followed",
    )
    others = size.authors - len(READERS)
    for number, count in enumerate(READERS.values(), start=1):
        _insert(
            "accounts_follow",
            f"generate_series(1, {min(count, others) - 1}) AS n",
            conflicts=True,
            follower_id=str(FIRST + number),
            followed_id=f"{FIRST} + {len(READERS)} + 1 + ((n * 31) % {others})",
        )
    for column, other in (("followers_count", "followed_id"), ("following_count", "follower_id")):
        _run(
            f"UPDATE accounts_profile p SET {column} = f.n FROM ("
            f"SELECT {other} AS id, count(*) AS n FROM accounts_follow GROUP BY 1) f "
            f"WHERE f.id = p.id"
        )


def _products(size: Size) -> None:
    series = f"generate_series(1, {size.products}) AS n"
    seller = f"{FIRST} + {size.people} + 1 + n % {size.brands}"
    price = "900 + (n * 37) % 24000"
    _insert(
        "catalog_product",
        series,
        id=f"{FIRST} + n",
        public_id=_public_id("n", "product"),
        seller_id=seller,
        category_id="(SELECT (array_agg(id ORDER BY id))[1 + n % count(*)] FROM catalog_category)",
        title=_title("n"),
        slug="'product-' || n",
        description="'Made in small numbers, to be used every day. Number ' || n || '.'",
        state="'published'",
        published_at="now() - n * interval '3 minutes'",
        currency="'EUR'",
        vat_rate="0.19",
        return_days="30",
        lead_days="1",
        cover_id="(SELECT (array_agg(id ORDER BY id))[1 + n % count(*)] FROM core_image)",
        default_variant_id=f"{FIRST} + n",
        variant_count="1",
        price_from=price,
        price_to=price,
        availability="'in_stock'",
    )
    _insert(
        "catalog_productmove",
        f"{series} CROSS JOIN (VALUES (1, '', 'draft'), (2, 'draft', 'published')) AS m(k, a, z)"
        " ORDER BY n, k",
        product_id=f"{FIRST} + n",
        at="now() - n * interval '3 minutes'",
        from_state="a",
        to_state="z",
    )
    _insert(
        "catalog_variant",
        series,
        id=f"{FIRST} + n",
        public_id=_public_id("n", "variant"),
        product_id=f"{FIRST} + n",
        seller_id=seller,
        sku="'SCALE-' || n",
        price=price,
        availability="'in_stock'",
        active="true",
        version="1",
    )
    _insert(
        "catalog_productimage",
        f"{series} CROSS JOIN generate_series(0, 2) AS k",
        product_id=f"{FIRST} + n",
        image_id="(SELECT (array_agg(id ORDER BY id))[1 + (n + k) % count(*)] FROM core_image)",
        position="k",
        alt="'A thing on a table'",
    )
    _insert("inventory_stock", series, variant_id=f"{FIRST} + n", on_hand="1000000")
    _insert(
        "inventory_stockmovement",
        series,
        stock_id=f"{FIRST} + n",
        kind="'received'",
        quantity="1000000",
    )


def _pins(size: Size) -> None:
    """Brands pin most, new pins are few beside old ones; each of a brand names a product of its."""
    for name, table in (("scale_image", "core_image"), ("scale_category", "catalog_category")):
        _run(
            f"CREATE TEMPORARY TABLE {name} AS "
            f"SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM {table}"
        )
        _run(f"ANALYZE {name}")
    _insert(
        "feed_pin",
        f"(SELECT n, floor(power(random(), 2) * {size.authors})::bigint AS whom,"
        f" now() - power(random(), 0.5) * interval '730 days' AS at"
        f" FROM generate_series(1, {size.pins}) AS n) AS one"
        f" JOIN scale_image i ON i.n = one.n % (SELECT count(*) FROM scale_image)"
        f" JOIN scale_category c ON c.n = one.n % (SELECT count(*) FROM scale_category)",
        id=f"{FIRST} + one.n",
        public_id=_public_id("one.n", "pin"),
        author_id=f"{FIRST} + {size.authors} - whom",
        image_id="i.id",
        category_id="c.id",
        title=_title("one.n"),
        text=f"CASE WHEN one.n % {SAID_BY_EACH} = 0 THEN '#{HASHTAG}' ELSE '' END",
        state="'published'",
        comments_open="true",
        created_at="at",
        published_at="at",
        popularity="1 / power(extract(epoch FROM now() - at) / 86400 + 2, 0.6)",
    )
    for name in ("scale_image", "scale_category"):
        _run(f"DROP TABLE {name}")
    _run(
        "INSERT INTO feed_authorlast (author_id, last_at) SELECT author_id, max(published_at) "
        f"FROM feed_pin WHERE id > {FIRST} GROUP BY author_id"
    )
    products = max(1, size.products // size.brands)
    _insert(
        "feed_producttag",
        f"feed_pin p WHERE p.author_id > {FIRST + size.people} AND p.id > {FIRST}",
        conflicts=True,
        pin_id="p.id",
        # Products of a brand are those whose number leaves its own number as remainder.
        product_id=f"{FIRST} + {size.brands} * (p.id % {products})"
        f" + coalesce(nullif(p.author_id - {FIRST} - {size.people} - 1, 0), {size.brands})",
        x="0.5",
        y="0.5",
        position="1",
    )


def _hashtags(size: Size) -> None:
    """One that everybody follows."""
    _insert(
        "feed_hashtag",
        "(VALUES (1)) AS one",
        name=f"'{HASHTAG}'",
        shown=f"'{HASHTAG}'",
        followers_count=str(size.people),
    )
    one = f"(SELECT id FROM feed_hashtag WHERE name = '{HASHTAG}')"
    _insert(
        "feed_hashtagfollow",
        f"generate_series(1, {size.people}) AS n",
        hashtag_id=one,
        profile_id=f"{FIRST} + n",
    )
    _insert(
        "feed_pinhashtag",
        f"feed_pin p WHERE p.id > {FIRST} AND p.text = '#{HASHTAG}'",
        hashtag_id=one,
        pin_id="p.id",
        published_at="p.published_at",
    )


def _documents(size: Size) -> None:
    """What search finds: products, brands, and people and pins up to the wanted number."""
    _run("DROP INDEX search_document_vector")
    _run("DROP INDEX search_document_alike")
    rest = max(0, size.documents - size.products - size.brands)
    people = min(size.people, rest // 10)
    for kind, source, title, popularity in (
        ("product", f"catalog_product o WHERE o.id > {FIRST}", "o.title", "1"),
        ("brand", f"accounts_profile o WHERE o.id > {FIRST} AND kind = 'brand'", "o.name", "5"),
        (
            "person",
            f"accounts_profile o WHERE o.id > {FIRST} AND o.id <= {FIRST + people}",
            "o.name",
            "0",
        ),
        (
            "pin",
            f"feed_pin o WHERE o.id > {FIRST} AND o.id <= {FIRST + rest - people}",
            "o.title",
            "o.popularity",
        ),
    ):
        _insert(
            "search_document",
            source,
            kind=f"'{kind}'",
            public_id="o.public_id",
            title=title,
            body="o.description" if kind == "product" else "''",
            popularity=popularity,
        )
    _run("CREATE INDEX search_document_vector ON search_document USING gin (kind, vector)")
    _run(
        "CREATE INDEX search_document_alike ON search_document USING gin (plain_title gin_trgm_ops)"
    )


def _finish(_: Size) -> None:
    """Later rows of people come behind these; the planner knows what is there."""
    for table in (
        "accounts_user",
        "accounts_organization",
        "accounts_profile",
        "catalog_product",
        "catalog_variant",
        "feed_pin",
    ):
        _run(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
    _run("ANALYZE")


# Name, and how long it takes at scale 1 on two cores, give or take, in seconds.
STEPS: tuple[Step, ...] = (
    ("people of the scale", 12, _people),
    ("brands", 1, _brands),
    ("follows", 110, _follows),
    ("products to buy", 8, _products),
    ("pins to look at", 120, _pins),
    ("a hashtag", 3, _hashtags),
    ("documents to search", 240, _documents),
    ("statistics", 10, _finish),
)


@contextmanager
def unchecked() -> Iterator[None]:
    """Foreign keys are not followed for each of millions of rows, where the server lets us."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            with transaction.atomic():
                cursor.execute("SET session_replication_role = replica")
        except ProgrammingError:
            pass  # not a superuser: it only takes longer
    try:
        yield
    finally:
        connection.close()

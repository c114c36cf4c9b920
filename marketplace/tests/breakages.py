"""What `manage.py audit` must find: each thing that should hold, with statements that break it."""

# Tables whose rows nobody rewrites.
UNGUARDED = [
    f"ALTER TABLE {table} DISABLE TRIGGER USER"
    for table in (
        "accounts_profiledecision",
        "catalog_productmove",
        "catalog_servicemove",
        "orders_orderevent",
        "payments_paymentmove",
    )
]

# Where it says when something was to be told, and what makes a row of it.
PAID = ("orders_order", "paid_at", "WHERE paid_at IS NOT NULL")
SHIPPED = ("orders_fulfilment", "shipped_at", "")
CANCELLED = ("orders_order", "cancelled_at", ", state = 'cancelled'")
REFUNDED = ("payments_operation", "finished_at", ", kind = 'refund', state = 'done'")

# What should hold, and statements that break it. The database refuses most of these by
# itself, so its own guards are dropped first; the transaction of the test brings them back.
BROKEN = [
    (
        "No count of stock is negative or promised twice",
        "ALTER TABLE inventory_stock DROP CONSTRAINT inventory_stock_within_limit;"
        "UPDATE inventory_stock SET reserved = on_hand + 1",
    ),
    ("What is reserved is what buyers hold", "UPDATE inventory_stock SET reserved = reserved + 1"),
    (
        "No hold outlives its time",
        "ALTER TABLE inventory_reservation DROP CONSTRAINT reservation_expiry;"
        "ALTER TABLE inventory_reservation DROP CONSTRAINT reservation_open;"
        "UPDATE inventory_reservation SET state = 'held', expires_at = now() - interval '1 hour'",
    ),
    (
        "What is on hand is the sum of the movements",
        "UPDATE inventory_stock SET on_hand = on_hand + 1",
    ),
    (
        "A payment is the sum of its shares",
        "ALTER TABLE payments_payment DROP CONSTRAINT payment_amounts;"
        "UPDATE payments_payment SET captured = captured + 1",
    ),
    (
        "A payment is the sum of its shares",
        "INSERT INTO payments_payment SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', 98765, 'public_id', 'alone', 'reference', 'alone', 'provider_ref', ''))).*"
        " FROM payments_payment p LIMIT 1",
    ),
    (
        "A share is the sum of what was done with it",
        "UPDATE payments_paymentshare SET refund_asked = 1, refunded = 1 WHERE captured > 0",
    ),
    (
        "The books have what the payment has taken",
        "UPDATE payments_payment SET refunded = 1 WHERE captured > 0",
    ),
    (
        "The books hold what is held of the payment",
        "ALTER TABLE payments_payment DROP CONSTRAINT payment_amounts;"
        "UPDATE payments_payment SET voided = voided + 1",
    ),
    (
        "One payment per reference of the provider",
        "DROP INDEX payment_provider_ref_once;UPDATE payments_payment SET provider_ref = 'same'",
    ),
    (
        "One live payment per purchase",
        "DROP INDEX payment_one_live; UPDATE payments_payment SET reference = 'same'",
    ),
    (
        "The last written move of a payment is its state",
        "UPDATE payments_paymentmove SET new = 'declined'",
    ),
    ("The last written move of a payment is its state", "DELETE FROM payments_paymentmove"),
    (
        "Payments move along their graph",
        "UPDATE payments_paymentmove SET old = 'voided', new = 'authorized'",
    ),
    (
        "Every transaction of the books sums to zero",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER USER;"
        "UPDATE payments_ledgerentry SET amount = amount + 1 WHERE account = 'provider'",
    ),
    (
        "A seller's balance is the sum of its entries",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER USER;"
        "UPDATE payments_ledgerentry SET amount = amount - 1 WHERE account = 'seller_balance'",
    ),
    (
        "A seller's balance is the sum of its entries",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER USER;"
        "INSERT INTO payments_ledgerentry (transaction_id, account, owner_profile_id, amount,"
        " currency) SELECT transaction_id, account, (SELECT id FROM accounts_profile"
        " WHERE handle = 'rival'), -1, currency FROM payments_ledgerentry"
        " WHERE account = 'seller_balance' LIMIT 1",
    ),
    (
        "A paid order has its share of a payment",
        "UPDATE payments_paymentshare SET reference = reference || 'x'",
    ),
    (
        "What was shipped was taken, once",
        "UPDATE orders_fulfilment SET amount = amount + 1, shipped_at = now() - interval '1 hour'",
    ),
    (
        "What was shipped was taken, once",
        "DELETE FROM orders_fulfilmentline;DELETE FROM orders_fulfilment",
    ),
    (
        "What was shipped was taken, once",
        "DELETE FROM orders_fulfilmentline;DELETE FROM orders_fulfilment;"
        "UPDATE payments_paymentshare SET amount = amount + 1, void_asked = 1, voided = 1",
    ),
    (
        "What is held or taken belongs to a paid order",
        "UPDATE payments_paymentmove SET at = now() - interval '1 hour';"
        "UPDATE payments_paymentshare SET reference = reference || 'x'",
    ),
    (
        "What is held or taken belongs to a paid order",
        "UPDATE payments_paymentmove SET at = now() - interval '1 hour';"
        "UPDATE orders_order SET state = 'pending', paid_at = NULL",
    ),
    ("An order counts what went back of its payment", "UPDATE orders_order SET given_back = 1"),
    ("A customer is what their orders add up to", "UPDATE orders_customer SET spent = spent + 1"),
    ("A customer is what their orders add up to", "UPDATE orders_customer SET currency = 'JPY'"),
    ("What an order earned is what it kept", "UPDATE insights_conversion SET total = total + 1"),
    (
        "The lines of an order sum to its items",
        "UPDATE orders_orderline SET unit_price = unit_price + 1, total = total + quantity",
    ),
    (
        "The lines of an order sum to its items",
        "DELETE FROM reviews_review;DELETE FROM orders_fulfilmentline;DELETE FROM orders_orderline",
    ),
    (
        "Items and delivery sum to an order's total",
        "ALTER TABLE orders_order DROP CONSTRAINT order_totals;"
        "UPDATE orders_order SET total = total + 1",
    ),
    ("The orders of a purchase sum to its total", "UPDATE orders_purchase SET total = total + 1"),
    (
        "One purchase per key",
        "ALTER TABLE orders_purchase DROP CONSTRAINT IF EXISTS purchase_once_per_key;"
        "DROP INDEX IF EXISTS purchase_once_per_key;"
        "UPDATE orders_purchase SET principal = 'u', idempotency_key = 'k'",
    ),
    *(
        (
            says,
            f"UPDATE {table} SET {column} = now() - interval '1 hour' {more};"
            f"DELETE FROM notifications_mail WHERE kind = '{kind}';"
            f"DELETE FROM notifications_notice WHERE kind = '{kind}';"
            f"DELETE FROM core_delivery WHERE receiver LIKE '%.tell_{told}'",
        )
        for says, kind, told, table, column, more in (
            ("A buyer hears that they paid", "orders.paid", "paid", *PAID),
            ("A brand hears that it sold something", "orders.sold", "paid", *PAID),
            ("A buyer hears of every parcel", "orders.shipped", "shipped", *SHIPPED),
            (
                "A buyer hears that an order was cancelled",
                "orders.cancelled",
                "cancelled",
                *CANCELLED,
            ),
            ("A buyer hears of money that goes back", "orders.refunded", "refunded", *REFUNDED),
        )
    ),
    (
        "Nobody has news of somebody across a block",
        "INSERT INTO accounts_block (blocker_id, blocked_id, created_at)"
        " SELECT profile_id, actor_id, now() FROM notifications_notice"
        " WHERE actor_id IS NOT NULL LIMIT 1",
    ),
    (
        "Nobody has news of somebody across a block",
        "INSERT INTO accounts_block (blocker_id, blocked_id, created_at)"
        " SELECT actor_id, profile_id, now() FROM notifications_notice"
        " WHERE actor_id IS NOT NULL LIMIT 1",
    ),
    (
        "Nobody has news of somebody who is out of sight",
        "UPDATE accounts_profile SET state = 'suspended';"
        "UPDATE notifications_notice SET read_at = NULL",
    ),
    (
        "Nobody has news of somebody who is out of sight",
        "UPDATE accounts_profile SET state = 'closed';"
        "UPDATE notifications_notice SET read_at = now()",
    ),
    (
        "A picture is at its address while something shows it",
        "UPDATE feed_pin SET state = 'taken_down', taken_down_at = now() WHERE state = 'published'",
    ),
    (
        "A picture is at its address while something shows it",
        "UPDATE feed_pin SET state = 'published', deleted_at = NULL WHERE state = 'deleted'",
    ),
    (
        "The last written move of an order is its state",
        "UPDATE orders_order SET state = 'completed', completed_at = now() WHERE state = 'paid'",
    ),
    (
        "Orders move along their graph",
        "UPDATE orders_orderevent SET from_state = 'completed', to_state = 'paid'",
    ),
    ("The bag counts its pieces", "UPDATE accounts_profile SET bag_count = 7"),
    (
        "One notice per event, kind and person",
        "ALTER TABLE notifications_notice DROP CONSTRAINT notifications_notice_once;"
        "UPDATE notifications_notice SET event_key = 'e', kind = 'k', sub = ''",
    ),
    (
        "One mail per event, kind and address",
        "ALTER TABLE notifications_mail DROP CONSTRAINT notifications_mail_once;"
        "UPDATE notifications_mail SET event_key = 'e', kind = 'k', sub = '', address = 'a@b.c'",
    ),
    ("The bell counts unread notices", "UPDATE accounts_profile SET unread_count = 99"),
    (
        "The last decision about a profile is its state",
        "UPDATE accounts_profiledecision SET to_state = 'rejected'",
    ),
    (
        "The last decision about a profile is its state",
        "DELETE FROM accounts_profiledecision",
    ),
    (
        "The last decision about a profile is its state",
        "UPDATE accounts_profile SET state = 'closed' WHERE kind = 'person'",
    ),
    (
        "Profiles move along their graph",
        "UPDATE accounts_profiledecision SET from_state = 'suspended', to_state = 'rejected'",
    ),
    ("Every brand has an owner", "UPDATE accounts_membership SET role = 'chat'"),
    (
        "A company without a brand and without members says nothing",
        "INSERT INTO accounts_organization SELECT (jsonb_populate_record(o, jsonb_build_object("
        "'id', 98765, 'public_id', 'alone'))).* FROM accounts_organization o LIMIT 1",
    ),
    ("Followers are counted right", "UPDATE accounts_profile SET followers_count = 9"),
    ("Only approved profiles are found", "UPDATE accounts_profile SET state = 'suspended'"),
    ("Only products on sale are found", "UPDATE catalog_product SET state = 'archived'"),
    (
        "The last written move of a product is its state",
        "UPDATE catalog_productmove SET to_state = 'archived'",
    ),
    ("The last written move of a product is its state", "DELETE FROM catalog_productmove"),
    (
        "Products move along their graph",
        "UPDATE catalog_productmove SET from_state = '', to_state = 'published'"
        " WHERE from_state = 'draft'",
    ),
    (
        "The last written move of a service is its state",
        "UPDATE catalog_service SET state = 'archived'",
    ),
    ("The last written move of a service is its state", "DELETE FROM catalog_servicemove"),
    (
        "Services move along their graph",
        "UPDATE catalog_servicemove SET from_state = 'taken down', to_state = 'taken down'",
    ),
    (
        "A collection holds products of its own brand",
        "UPDATE catalog_collection SET seller_id = (SELECT id FROM accounts_profile"
        " WHERE handle = 'rival')",
    ),
    (
        "What a rule finds is not also put in by hand",
        "UPDATE catalog_collection SET kind = 'rule', \"order\" = 'newest'",
    ),
    (
        "Only pins that everybody may see are found",
        "UPDATE feed_pin SET state = 'draft' WHERE state = 'published'",
    ),
    (
        "Only pins that everybody may see are found",
        "UPDATE feed_pin SET audience = 'link' WHERE state = 'published'",
    ),
    (
        "A pin is found by everybody from its moment on",
        "UPDATE feed_pin SET audience = 'followers' WHERE state = 'published'",
    ),
    (
        "What everybody may see is found under its name",
        "UPDATE search_document SET title = title || '!' WHERE kind = 'service'",
    ),
    ("What everybody may see is found under its name", "DELETE FROM search_document"),
    (
        "What everybody may see is found under its name",
        "UPDATE search_document SET facets = facets - 'owner' WHERE kind = 'pin'",
    ),
    (
        "Whatever is found may be seen",
        "UPDATE search_document SET public_id = 'nowhere' || id WHERE kind = 'product'",
    ),
    ("Walls know the newest pin of an author", "DELETE FROM feed_authorlast"),
    ("A pin counts its public saves", "UPDATE feed_pin SET saves_count = 9"),
    ("A board counts its pins", "UPDATE feed_board SET pins_count = 9"),
    (
        "A topic counts its followers",
        "ALTER TABLE accounts_profile DISABLE TRIGGER USER;"
        "UPDATE accounts_profile SET interests = '{lamps}'",
    ),
    (
        "A topic counts its followers",
        "INSERT INTO accounts_topicfollowers (slug, followers_count) VALUES ('lamps', 9)",
    ),
    ("A board counts its followers", "UPDATE feed_board SET followers_count = 9"),
    ("A hashtag counts its followers", "UPDATE feed_hashtag SET followers_count = 9"),
    ("A pin stands under the hashtags that it says", "DELETE FROM feed_pinhashtag"),
    (
        "A pin stands under the hashtags that it says",
        "UPDATE feed_pinhashtag SET published_at = published_at + interval '1 hour'",
    ),
    (
        "A pin stands under the hashtags that it says",
        "UPDATE feed_pin SET audience = 'link' WHERE text LIKE '%#%'",
    ),
    (
        "Nobody follows a board of their own",
        "INSERT INTO feed_boardfollow (board_id, profile_id, created_at)"
        " SELECT id, owner_id, now() FROM feed_board",
    ),
    (
        "A product counts the variants that it offers",
        "UPDATE catalog_product SET variant_count = variant_count + 1",
    ),
    (
        "A product's stars are those of its reviews",
        "UPDATE catalog_product SET rating_sum = 5, rating_count = 1 WHERE rating_count = 0",
    ),
    (
        "The newest review of somebody counts",
        "INSERT INTO reviews_review SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', 98765, 'public_id', 'again', 'counts', false, 'line_id', ("
        "SELECT min(id) FROM orders_orderline)))).* FROM reviews_review r WHERE counts LIMIT 1",
    ),
    (
        "Whoever is seen to review counts",
        "UPDATE reviews_review SET counts = false",
    ),
    (
        "Who reviewed a product has bought it and was sent it",
        "UPDATE orders_orderline SET shipped = 0",
    ),
    ("A pin counts its likes", "UPDATE feed_pin SET likes_count = 9"),
    ("A pin counts its comments", "UPDATE feed_pin SET comments_count = 9"),
    ("A comment counts its likes", "UPDATE feed_comment SET likes_count = 9"),
    (
        "A thread of comments has one level and one pin",
        "UPDATE feed_comment SET parent_id = (SELECT max(id) FROM feed_comment)"
        " WHERE id = (SELECT min(id) FROM feed_comment)",
    ),
    (
        "A pin stands in a section of its own board",
        "UPDATE feed_section SET board_id = (SELECT max(id) FROM feed_board)",
    ),
    (
        "Only a secret board has a link",
        "INSERT INTO feed_boardlink (board_id, key, created_at)"
        " SELECT id, 'k', now() FROM feed_board WHERE NOT secret LIMIT 1",
    ),
    (
        "A pin stands for a product of its author",
        "UPDATE feed_pin SET stands_for_id = (SELECT max(id) FROM catalog_product p"
        " WHERE p.seller_id <> author_id) WHERE id = (SELECT max(id) FROM feed_pin)",
    ),
    (
        "A pin stands for a service of its author",
        "UPDATE feed_pin SET stands_for_service_id = s.id FROM catalog_service s"
        " WHERE s.seller_id <> author_id",
    ),
    (
        "Every delivery that is due was made",
        "UPDATE core_delivery SET state = 'pending', due_at = now() - interval '2 hours'",
    ),
    ("No delivery is dead", "UPDATE core_delivery SET state = 'dead'"),
]

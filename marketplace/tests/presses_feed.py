"""What a brand presses where it keeps pins and boards, talks, and hides from people."""

from __future__ import annotations

from typing import Any

from accounts.testing import make_brand
from catalog.testing import make_product, make_service
from core.testing import picture_file
from feed import actions as feed
from feed.testing import make_board, make_comment, make_pin
from marketplace.tests.presses import Market, Press, Scene


def of_pins(m: Market) -> dict[str, Press]:
    shown, draft, gone = (
        make_pin(author=m.brand, title=one, publish_now=one == "Shown")
        for one in ("Shown", "Draft", "Gone")
    )
    feed.delete_pin(public_id=gone.public_id, author_id=m.brand.pk)
    edit = m.at("feed:studio_pin_edit", public_id=draft.public_id)
    changed = m.at("feed:studio_pin_edit", public_id=shown.public_id)
    m.client.post(changed, m.typed(changed, "form#pin", title="Then", do="save"))
    older = shown.revisions.get().pk
    return {
        "feed:studio_pins": ("", {"do": "publish", "row": draft.public_id}),
        "feed:studio_pin_new": ("", {"pictures": picture_file()}),
        "feed:studio_pin_from_product": (
            m.at("feed:studio_pin_from_product", product_id=m.vase.public_id),
            {},
        ),
        "feed:studio_pin_edit": (edit, m.typed(edit, "form#pin", title="Other", do="save")),
        **{
            f"feed:studio_pin_{act}": (
                m.at(f"feed:studio_pin_{act}", public_id=one.public_id),
                {},
            )
            for act, one in {
                "publish": draft,
                "unpublish": shown,
                "delete": shown,
                "undelete": gone,
            }.items()
        },
        "feed:studio_pin_version": (
            m.at("feed:studio_pin_version", public_id=shown.public_id, version=older),
            {},
        ),
    }


def of_people(m: Market) -> dict[str, Press]:
    stranger, blocked, muted = (make_brand() for _number in range(3))
    m.client.post(m.at("accounts:block", public_id=blocked.public_id))
    m.client.post(m.at("accounts:mute", public_id=muted.public_id))
    m.client.post(m.at("accounts:hidden"), {"word": "beige"})
    return {
        "accounts:block": (m.at("accounts:block", public_id=stranger.public_id), {}),
        "accounts:unblock": (m.at("accounts:unblock", public_id=blocked.public_id), {}),
        "accounts:mute": (m.at("accounts:mute", public_id=stranger.public_id), {}),
        "accounts:unmute": (m.at("accounts:unmute", public_id=muted.public_id), {}),
        "accounts:hidden": ("", {"word": "grey"}),
        "accounts:unmute_word": (m.at("accounts:unmute_word") + "?word=beige", {}),
    }


def of_boards(m: Market) -> dict[str, Press]:
    pin, second, third = (make_pin(author=m.other, title=one) for one in ("One", "Two", "Three"))
    board = make_board(owner=m.brand, title="Glaze")
    for kept in (pin, second):
        feed.save_pin(pin_id=kept.public_id, saver_id=m.brand.pk, board_id=board.public_id)
    secret = make_board(owner=m.brand, title="Secret", secret=True)
    linked = make_board(owner=m.brand, title="Linked", secret=True)
    theirs, joined = (make_board(owner=m.other, title=one) for one in ("Theirs", "Joined"))
    feed.make_link(board_id=linked.public_id, owner_id=m.brand.pk)
    for one in (theirs, joined):
        feed.invite_member(board_id=one.public_id, owner_id=m.other.pk, handle=m.brand.handle)
    feed.answer_invitation(board_id=joined.public_id, profile_id=m.brand.pk, accept=True)
    feed.invite_member(board_id=board.public_id, owner_id=m.brand.pk, handle=m.other.handle)
    mine: dict[str, Any] = {"board_id": board.public_id, "actor_id": m.brand.pk}
    section = feed.create_section(**mine, title="Fold")
    feed.save_pin(pin_id=third.public_id, saver_id=m.brand.pk, board_id=board.public_id)
    _count, token = feed.remove_pins(**mine, pin_ids=[third.public_id])
    on = {"public_id": board.public_id}
    products = {"public_id": make_product(seller=m.other, title="Jug").public_id}
    feed.save_product(product_id=products["public_id"], saver_id=m.brand.pk)
    fresh = make_product(seller=m.other, title="Mug")
    theirs_done, offered = (make_service(seller=m.other, title=one) for one in ("Glaze", "Fire"))
    feed.save_service(service_id=theirs_done.public_id, saver_id=m.brand.pk)
    services = {"public_id": theirs_done.public_id}
    edit = m.at("feed:board_edit", **on)
    return {
        "feed:save": (m.at("feed:save", public_id=third.public_id), {}),
        "feed:unsave": (m.at("feed:unsave", public_id=pin.public_id), {}),
        "feed:save_product": (m.at("feed:save_product", public_id=fresh.public_id), {}),
        "feed:unsave_product": (m.at("feed:unsave_product", **products), {}),
        "feed:save_service": (m.at("feed:save_service", public_id=offered.public_id), {}),
        "feed:unsave_service": (m.at("feed:unsave_service", **services), {}),
        "feed:new_board": ("", {"title": "New"}),
        "feed:undo": (m.at("feed:undo", token=token), {}),
        "feed:board_edit": (edit, m.typed(edit, "input[name=title]", title="Glazes")),
        "feed:board_delete": (m.at("feed:board_delete", **on), {}),
        "feed:board_order": (m.at("feed:board_order", **on), {"move": f"last:{second.public_id}"}),
        "feed:board_pins": (
            m.at("feed:board_pins", **on),
            {"pins": pin.public_id, "do": "remove"},
        ),
        "feed:board_note": (
            m.at("feed:board_note", pin_id=pin.public_id, **on),
            {"note": "For the niche."},
        ),
        "feed:board_link": (m.at("feed:board_link", public_id=secret.public_id), {}),
        "feed:board_link_end": (m.at("feed:board_link_end", public_id=linked.public_id), {}),
        "feed:section_new": (m.at("feed:section_new", **on), {"title": "Lamps"}),
        "feed:section": (
            m.at("feed:section", section_id=section, **on),
            {"do": "rename", "title": "Folds"},
        ),
        "feed:board_invite": (
            m.at("feed:board_invite", **on),
            {"handle": make_brand().handle},
        ),
        "feed:board_answer": (
            m.at("feed:board_answer", public_id=theirs.public_id),
            {"answer": "yes"},
        ),
        "feed:board_leave": (m.at("feed:board_leave", public_id=joined.public_id), {}),
        "feed:board_member_remove": (
            m.at("feed:board_member_remove", member_id=m.other.public_id, **on),
            {},
        ),
    }


def of_talk(m: Market) -> dict[str, Press]:
    pin, own = make_pin(author=m.other, title="Theirs"), make_pin(author=m.brand, title="Own")
    said, gone = (make_comment(pin=pin, author=m.brand, text=one) for one in ("Warm", "Cold"))
    feed.delete_comment(comment_id=gone.public_id, actor_id=m.brand.pk)
    one, other = {"public_id": said.public_id}, {"public_id": gone.public_id}
    return {
        "feed:talk": (m.at("feed:talk", public_id=pin.public_id), {"text": "The light!"}),
        "feed:talk_switch": (m.at("feed:talk_switch", public_id=own.public_id), {"open": "0"}),
        "feed:comment_edit": (m.at("feed:comment_edit", **one), {"text": "Warmer"}),
        "feed:comment_delete": (m.at("feed:comment_delete", **one), {}),
        "feed:comment_restore": (m.at("feed:comment_restore", **other), {}),
    }


SHARING: list[Scene] = [of_pins, of_people, of_boards, of_talk]

"""Following boards, topics and hashtags: the buttons, and the list of what one follows."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import actions as accounts
from accounts.queries import check_acting, followers_count, following_count, topics_followers
from accounts.types import Request
from catalog.queries import categories
from catalog.queries import category as topic_of
from core.errors import NotFound
from feed import actions, queries
from feed.answers import done, log_in_first
from feed.network_tabs import FOLLOWED_PAGE, network_tabs


@require_POST
def follow_board(request: Request, public_id: str) -> HttpResponse:
    """Follow (`follow=1`) or stop following (`follow=0`) as whoever the viewer acts for."""
    voice = request.viewer.voice()
    if voice is None:
        return log_in_first(request, back_to=f"/board/{public_id}/-/")
    check_acting(request=request)
    if request.POST.get("follow", "1") == "0":
        board = actions.unfollow_board(board_id=public_id, profile_id=voice.id)
        text = _("You no longer follow %(title)s.") % {"title": board.title}
    else:
        board = actions.follow_board(board_id=public_id, profile_id=voice.id)
        text = _("You follow %(title)s.") % {"title": board.title}
    told = {f"followers-{public_id}": _followers(board.followers_count)}
    return done(request, text, default=board.url, told=told)


@require_POST
def follow_hashtag(request: Request, tag: str) -> HttpResponse:
    """Follow a hashtag (`follow=1`) or stop following it (`follow=0`) as whoever the viewer acts
    for."""
    voice = request.viewer.voice()
    if voice is None:
        found = queries.hashtag(tag=tag, viewer=request.viewer)
        return log_in_first(request, back_to=found[0].url if found else "/")
    check_acting(request=request)
    if request.POST.get("follow", "1") == "0":
        hashtag = actions.unfollow_hashtag(tag=tag, profile_id=voice.id)
        text = _("You no longer follow %(hashtag)s.") % {"hashtag": hashtag.title}
    else:
        hashtag = actions.follow_hashtag(tag=tag, profile_id=voice.id)
        text = _("You follow %(hashtag)s.") % {"hashtag": hashtag.title}
    told = {f"followers-{hashtag.name}": _followers(hashtag.followers_count)}
    return done(request, text, default=hashtag.url, told=told)


def _followers(count: int) -> str:
    return ngettext("%(num)s follower", "%(num)s followers", count) % {"num": count}


@require_POST
def follow_topic(request: Request, category: str) -> HttpResponse:
    """Put a category among what the person likes (`follow=1`) or take it out (`follow=0`). It is
    theirs, for whomever they act."""
    person = request.viewer.profile
    if person is None:
        back = reverse("feed:explore_category", kwargs={"category": category})
        return log_in_first(request, back_to=back)
    topic = topic_of(slug=category)
    if topic is None:
        raise NotFound
    if request.POST.get("follow", "1") == "0":
        count = accounts.unfollow_topic(profile_id=person.id, slug=topic.slug)
        text = _("You no longer follow %(topic)s.") % {"topic": topic.name}
    else:
        count = accounts.follow_topic(profile_id=person.id, slug=topic.slug)
        text = _("You follow %(topic)s.") % {"topic": topic.name}
    told = {f"followers-{topic.slug}": _followers(count)}
    page = reverse("feed:explore_category", args=[topic.slug])
    return done(request, text, default=page, told=told)


@require_safe
def followed(request: Request) -> HttpResponse:
    """Boards, topics and hashtags that one follows, beside the people. Five queries."""
    viewer = request.viewer
    acting = viewer.acting
    if acting is None:
        return log_in_first(request, back_to=request.path)
    there = {one.slug: one for one in categories()}
    topics = [there[slug] for slug in viewer.interests if slug in there]
    context = {
        "topics": topics,
        "topic_counts": topics_followers(slugs=[one.slug for one in topics]),
        "hashtags": queries.followed_hashtags(profile_id=acting.id),
        "page": queries.followed_boards(viewer=viewer, cursor=request.GET.get("cursor", "")),
        "tabs_of": network_tabs(
            ref=acting,
            at=FOLLOWED_PAGE,
            followers=followers_count(profile_id=acting.id),
            following=following_count(profile_id=acting.id),
            own=True,
        ),
    }
    return render(request, "feed/followed.html", context)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.anchors import AnchorSet, slugify_heading


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("VPC Peering", "vpc-peering"),
        ("VGW(仮想ゲートウェイ)", "vgw仮想ゲートウェイ"),
        ("IP アドレス・範囲", "ip-アドレス範囲"),
        ("a_b-c", "a_b-c"),
        ("１０　ポート", "１０-ポート"),
        ("か\u3099", "が"),
        ("C++ / C#", "c--c"),
        ("※！？", "section"),
        ("", "section"),
    ],
)
def test_slug_is_the_one_github_gives(heading, slug):
    assert slugify_heading(heading) == slug


def test_twins_are_numbered_past_headings_of_that_very_name():
    anchors = AnchorSet()
    # The second `foo` finds `foo-1` taken by a literal heading.
    names = ["foo", "foo-1", "foo", "foo", "foo-1"]
    given_names = [anchors.assign_anchor(name) for name in names]
    assert given_names == ["foo", "foo-1", "foo-2", "foo-3", "foo-1-1"]


@given(st.lists(st.sampled_from(["a", "a-1", "a-1-1", "a-2", "", "※", "A"])))
def test_no_two_headings_share_an_anchor(headings):
    anchors = AnchorSet()
    assigned = [anchors.assign_anchor(heading) for heading in headings]
    assert len(set(assigned)) == len(assigned)

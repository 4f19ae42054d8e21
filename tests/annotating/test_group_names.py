"""A group is not called like the audiences that stand beside it in every form."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from annotations.models import Group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["Everyone", "only me", " EVERYONE! ", "Only-me", "Ｅｖｅｒｙｏｎｅ", "A group", "…"]
)
def test_a_name_that_reads_as_an_audience_is_refused_in_words(name):
    with pytest.raises(ValidationError) as refused:
        Group(name=name, slug="g").full_clean()
    assert "name" in refused.value.message_dict


@pytest.mark.parametrize("name", ["Everyone who reads", "Groupe de lecture", "学者", "قراء"])
def test_other_names_are_taken(name):
    Group(name=name, slug="g").full_clean()
    Group.objects.create(name=name, slug="g")


@pytest.mark.parametrize("name", ["everyone", "Only  me", "A group."])
def test_the_database_refuses_them_whoever_writes(name):
    with pytest.raises(IntegrityError, match="group_name_is_no_audience"), transaction.atomic():
        Group.objects.create(name=name, slug="g")


def test_two_groups_do_not_differ_by_case_alone():
    Group.objects.create(name="Water readers", slug="one")
    with pytest.raises(ValidationError, match="There is a group of this name"):
        Group(name="WATER readers", slug="two").full_clean()

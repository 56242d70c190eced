"""One replica as the rows of the suite see it, whichever system stands behind.

A record has two fields that change together, so that half a change can be seen. A value is a number; what
stands in the fields is made of it.
"""
from dataclasses import dataclass, field

FIELDS = ("phone", "note")


def fields_of(value):
    return {"phone": f"139{value:08d}", "note": f"第{value}次"}


@dataclass
class Seen:
    """What one replica says of one record: what it shows, and what else it offers of each field."""

    fields: dict
    others: set = field(default_factory=set)
    live: bool = True

    def shows(self, value):
        return self.fields == fields_of(value)

    def offers(self, value):
        """Shown, or kept where a person is shown it: nothing of a change that was made is missing."""
        wanted = fields_of(value)
        return all(self.fields.get(name) == wanted[name] or wanted[name] in self.others for name in FIELDS)


class Gone(RuntimeError):
    """A replica does not answer, or refuses."""

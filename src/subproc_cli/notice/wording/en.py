"""English: one sentence for each kind of change, without its subject's name.

`{name}` is the service; `{removed}` is what is gone, `{added}` what is new; `{field}` is the name of a field.
"""

from datetime import date

SENTENCES: dict[str, str] = {
    "service-added": "{name} is new",
    "service-removed": "{name} is no longer used",
    "entity-changed": "{name} is provided by {added} instead of {removed}",
    "data-added": "{name} now sees {added}",
    "data-removed": "{name} is no longer stated to see {removed}",
    "data-possible": "{name} may now come to see {added}",
    "data-ruled-out": "{name} can no longer come to see {removed}",
    "extent-widened": "{name} now sees all of {added}, not only a part",
    "extent-narrowed": "{name} now sees only a part of {removed}",
    "promise-made": "{name} is now promised never to see {added}",
    "promise-dropped": "{name} is no longer promised never to see {removed}",
    "place-added-outside": "{name} now processes in {added} as well, outside the EEA and not adequate",
    "place-added-adequate": "{name} now processes in {added} as well, outside the EEA but held adequate",
    "place-added-eea": "{name} now processes in {added} as well, within the EEA",
    "place-removed": "{name} no longer processes in {removed}",
    "place-moved": "{name} now processes in {added} instead of {removed}",
    "place-clearer": "{name}: the place of processing is more precise now, {added} instead of {removed}",
    "place-vaguer": "{name}: the place of processing is less precise now, {added} instead of {removed}",
    "place-stated": "{name}: the place of processing is stated now, {added}",
    "place-withdrawn": "{name}: the place of processing is no longer stated; it was {removed}",
    "place-condition-changed": "{name}: the words on a place changed from “{removed}” to “{added}”",
    "metadata-changed": "{name}: {field} was edited",
    "unclassified-change": "{name}: {field} changed from {removed} to {added} (read this)",
}


def day(given: date) -> str:
    """Return a day as it is written in a letter: `9 May 2024`."""
    from babel.dates import format_date  # noqa: PLC0415, TID251  only letters need it

    return format_date(given, format="long", locale="en_GB")

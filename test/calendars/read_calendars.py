"""Reads calendar files with the library icalendar and prints what they say, as JSON.

An independent reader: nothing here knows how the files were written. Hours are given twice, as the zone's name makes
them (Python's zoneinfo) and as the rules in the file do (VTIMEZONE).
"""

import json
import sys
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar


def moment(prop, zones):
    value = prop.dt
    if not isinstance(value, datetime):
        assert isinstance(value, date)
        return {"day": value.isoformat()}
    name = prop.params.get("TZID")
    if name is None:
        return {"utc": value.astimezone(timezone.utc).isoformat()}
    wall = value.replace(tzinfo=None)
    by_name = wall.replace(tzinfo=ZoneInfo(name)).astimezone(timezone.utc)
    by_rules = zones[name].localize(wall) if hasattr(zones[name], "localize") else wall.replace(tzinfo=zones[name])
    return {
        "wall": wall.isoformat(),
        "zone": name,
        "utc": by_name.isoformat(),
        "by_rules": by_rules.astimezone(timezone.utc).isoformat(),
    }


def read(path):
    raw = open(path, "rb").read()
    lines = raw.split(b"\r\n")
    calendar = Calendar.from_ical(raw)
    parts = list(calendar.walk())
    zones = {str(part["TZID"]): part.to_tz(lookup_tzid=False) for part in calendar.walk("VTIMEZONE")}
    return {
        "longest_line": max(len(line) for line in lines),
        "bare_newlines": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
        "errors": [str(error) for part in parts for error in part.errors],
        "version": str(calendar["VERSION"]),
        "method": str(calendar["METHOD"]),
        "zones": sorted(zones),
        "events": [
            {
                "uid": str(event["UID"]),
                "sequence": int(event["SEQUENCE"]),
                "stamp": event["DTSTAMP"].dt.isoformat(),
                "status": str(event["STATUS"]),
                "summary": str(event["SUMMARY"]),
                "description": str(event["DESCRIPTION"]),
                "url": str(event["URL"]),
                "organiser": str(event["ORGANIZER"]),
                "attendees": [str(each) for each in ([event["ATTENDEE"]] if "ATTENDEE" in event else [])],
                "start": moment(event["DTSTART"], zones),
                "end": moment(event["DTEND"], zones),
            }
            for event in calendar.walk("VEVENT")
        ],
    }


print(json.dumps([read(path) for path in sys.argv[1:]]))

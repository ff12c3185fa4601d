"""What the fuzz targets start from, from the fixtures: documents, instructions to make documents, keywords.

usage: fuzz_seeds.py FOLDER
"""
import random
import re
import sys
from pathlib import Path

work = Path(sys.argv[1])
fixtures = sorted(path for path in Path("tests/fixtures").rglob("*") if path.suffix in (".yaml", ".json"))
reading = work / "reading-seeds"
reading.mkdir(exist_ok=True)
for path in fixtures:
    (reading / path.name).write_bytes(path.read_bytes())

generating = work / "generating-seeds"
generating.mkdir(exist_ok=True)
chance = random.Random(1)
for number in range(sum(path.parent.name == "accepted" for path in fixtures)):
    (generating / f"{number:03}").write_bytes(number.to_bytes(2, "big") + chance.randbytes(80))

tables = [path.read_text() for path in Path("crates/openapi-model/src/load").glob("keywords*.rs")]
keywords = sorted({word for table in tables for word in re.findall(r'"([A-Za-z$-]+)"', table)})
values = ["$ref: '#/components/schemas/", "&a ", "*a", "<<: ", "!!str ", "|-\n", ">\n", "? ", "---\n", "0x1", "1e9", ".inf"]
entries = [f"{word}: " for word in keywords] + values
(work / "keywords.dict").write_text("".join('"' + entry.replace("\n", "\\x0a") + '"\n' for entry in entries))

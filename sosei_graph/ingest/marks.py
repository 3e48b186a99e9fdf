"""Marks at the head of an entry: what begins with one is no continuation of the line before."""

import re

BEGINS_ENTRY = re.compile(
    r"[・•●○◎◆◇■□▪▲△▼▽※＊*⇒→☆★✓✔①-⑳㉑-㊿⓪❶-❿➀-➓\ue000-\uf8ff]"
    r"|[-－‐–—]\s|[0-9０-９]{1,2}つの|[(（][0-9０-９ア-ンa-z一二三四五六七八九十]{1,2}[)）]|[0-9０-９]{1,2}[.．、)）]|[ア-ン][.．、)）\s]"
)

"""The page around a guide: one HTML file that opens in any browser without a network, and prints on A4."""

from __future__ import annotations

from html import escape

from antq_review.forms import cell_styles as style

_STYLE = f"""
body {{ max-width: 900px; margin: 0 auto; padding: 32px 24px 64px; color: #{style.INK}; background: #fff;
  font: 16px/1.55 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }}
h1, h2, h3 {{ color: #{style.BLUE}; line-height: 1.25; }}
h1 {{ font-size: 26px; }} h2 {{ font-size: 21px; margin: 40px 0 8px; padding-top: 12px; border-top: 2px solid #{style.BLUE}; }}
h3 {{ font-size: 17px; margin: 28px 0 4px; }} h4 {{ font-size: 15px; margin: 16px 0 4px; }}
a {{ color: #{style.BLUE}; }} p {{ margin: 6px 0; }} .small {{ font-size: 14px; color: #{style.SOFT}; }}
code {{ font: 14px Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }}
table {{ border-collapse: collapse; width: 100%; margin: 8px 0 16px; font-size: 14px; }}
th, td {{ text-align: left; vertical-align: top; padding: 4px 8px; border: 1px solid #{style.LINE}; overflow-wrap: anywhere; }}
thead th {{ background: #{style.WASH}; }}
table.sheet {{ table-layout: fixed; font: 12px/1.35 Calibri, Carlito, "Segoe UI", Arial, sans-serif; margin: 0 0 6px; }}
table.sheet th, table.sheet td {{ border: 1px solid #b8c2cc; padding: 2px 5px; }}
table.sheet .edge {{ background: #e8ecf0; color: #3d4a56; text-align: center; font-weight: 400; }}
table.sheet .edge:first-child {{ width: 26px; }}
table.sheet .head {{ background: #{style.BLUE}; color: #fff; font-weight: 700; }}
table.sheet .hint {{ background: #{style.WASH}; color: #{style.SOFT}; font-style: italic; }}
.columns li {{ margin: 2px 0; }} ul.list {{ columns: 2; margin: 4px 0 16px; padding-left: 20px; }}
@page {{ size: A4; margin: 15mm; }}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 10pt; }} h2 {{ break-before: page; }} h2.flow {{ break-before: auto; }}
  h2, h3, h4 {{ break-after: avoid; }} tr, table.sheet {{ break-inside: avoid; }} thead {{ display: table-header-group; }}
  table {{ font-size: 8.5pt; }} table.sheet {{ font-size: 7.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
}}
"""


def page(title: str, body: str) -> str:
    """The whole page; `body` is HTML."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )

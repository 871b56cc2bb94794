"""The names of the folders of results that are no version of a year, so that who only looks for them loads no job."""

from __future__ import annotations

#: In a year's folder: the faults of the forms with their list, the Word documents, the copies of these that may leave the school.
CHECKED, LIST, INSIDE, PUBLIC = "kiem_tra", "loi_nhap_lieu.xlsx", "ho_so", "ho_so_cong_khai"
#: In a year's folder: the packages that were made to hand in.
PACKAGES = "goi"
#: In place of a school's code: the faults of forms that do not say whose they are.
UNCLEAR = "_chua_ro"
#: In a school's folder: its years side by side.
COMPARED = "so_sanh"
#: The plan, where the texts of a judgement are named; alone: of no text of law.
PLAN = "ke_hoach"

"""The filter columns: they limit the rows that a measure counts. The plan and a school's own score table share them."""

from __future__ import annotations

from antq_review.forms import choices as lists
from antq_review.forms.columns import CellKind, column

TOPIC = column("Chủ đề", "Một hoặc nhiều, cách nhau bằng dấu ;", kind=CellKind.CHOICES, choices=lists.Topic, width=22)
FORM = column("Hình thức", "", kind=CellKind.CHOICES, choices=lists.ActivityForm, width=22)
CHANNEL = column("Kênh", "", kind=CellKind.CHOICES, choices=lists.Channel, width=14)
LEVEL = column("Cấp học", "", choices=lists.SchoolLevel, width=10)
PARTNER = column("Đối tác", "", kind=CellKind.CHOICES, choices=lists.Partner, width=18)
PURPOSE = column("Mục đích", "", kind=CellKind.CHOICES, choices=lists.Purpose, width=18)
KIND = column("Loại", "Loại văn bản, vụ việc hoặc kiểm tra, cách nhau bằng dấu ;", width=20)
CONTENTS = column("Nội dung văn bản", "", kind=CellKind.CHOICES, choices=lists.Content, width=22)
AUDIENCE = column("Đối tượng", "", kind=CellKind.CHOICES, choices=lists.Audience, width=20)
ORGANISER = column("Đơn vị tổ chức", "Tên hoặc loại đơn vị", width=18)
LED_BY_PUPILS = column("{Pupils} chủ trì?", "Có: chỉ đếm việc do {pupils} chủ trì", kind=CellKind.YES_NO, width=11)
NAME = column("Tên riêng", "Tên diễn đàn, mô hình, hệ thống; nhiều tên cách nhau bằng dấu ;", width=26)

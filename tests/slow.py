"""Which tests take long: what `run.py test --quick` leaves out, and what a whole run begins with."""

#: Marker → the tests that need it: files, or a word in the test's name. `run.py test --quick` leaves all of them out.
SLOW = {
    "kernel": (
        "cli/test_cli.py", "cli/test_batch.py", "cli/test_compare.py", "cli/test_archive.py", "publish/notebook/", "test_the_report",
        "test_no_names.py", "benchmarks/", "cli/test_dossier.py", "publish/output/", "page/test_whole_way.py", "test_guide_commands.py",
    ),
    "office": ("libreoffice", "pdf", "publish/word/test_dossier.py"),
    "browser": ("cli/test_lab_browser.py", "cli/test_lab.py", "has_at_most_ten_pages", "axe", "page/test_browser.py"),
    "cluster": (),
    "wheel": ("test_wheel.py", "test_run_py.py", "test_types.py"),
    # Whole ways (a province's all), processes that are killed, hundreds of folders and hostile files, properties.
    "way": (
        "cli/test_start.py", "cli/test_templates.py", "example/test_changes.py", "example/test_example_files.py",
        "example/test_one_result.py", "example/test_planted_strings.py", "example/test_small_schools.py", "example/test_what_if.py",
        "forms/test_draw_workbook.py", "forms/test_older_forms.py", "ingest/test_any_workbook.py", "ingest/test_fuzz.py",
        "ingest/test_hostile.py", "ingest/test_one_pass.py", "ingest/test_reader.py", "ingest/test_round_trip.py", "page/test_accept.py",
        "page/test_later.py", "page/test_meeting.py", "page/test_office.py", "page/test_way.py", "places/test_jobs_cut_off.py",
        "places/test_move.py", "province/", "publish/archive/", "publish/comparison/", "publish/excel/annex/test_workbook.py",
        "publish/excel/marked_copy/test_copies.py", "publish/tables/test_numbers.py", "publish/test_carry_over.py",
        "publish/word/layout_check/", "publish/word/test_forms.py", "scoring/advice/test_what_if.py", "scoring/model/test_review.py",
        "scoring/score_table/test_own_table.py", "scoring/test_properties.py", "test_children.py", "test_remedies.py",
    ),
}

#: The files that take longest, the longest first: begun first, so that both workers of `run.py test` end together.
LONGEST = (
    "page/test_browser.py", "cli/test_lab_browser.py", "province/test_roll_up.py", "cli/test_batch.py", "example/test_one_result.py",
    "province/test_acceptance.py", "places/test_jobs_cut_off.py", "scoring/model/test_review.py", "page/test_whole_way.py",
    "province/test_cluster.py", "cli/test_dossier.py", "test_remedies.py", "scoring/score_table/test_own_table.py",
    "page/test_later.py", "example/test_changes.py",
    "test_children.py", "test_run_py.py", "test_types.py", "test_wheel.py", "publish/word/test_dossier.py", "province/test_hide.py",
    "forms/test_draw_workbook.py", "page/test_way.py", "page/test_office.py", "publish/comparison/test_comparison.py",
    "publish/notebook/test_notebooks.py", "publish/excel/marked_copy/test_copies.py", "cli/test_cli.py",
)

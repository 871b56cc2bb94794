"""The acceptance checks of the page's design, and where each is tested."""

import re
from pathlib import Path

import pytest

#: Check → its tests. The twelfth, the officer's, is in test_office.py and in the browser's session.
CHECKS = {
    "1 from nothing to the report": (
        "test_from_an_empty_folder_to_the_report_by_keyboard", "test_the_report_is_byte_for_byte_that_of_the_terminal",
        "test_the_report_is_that_of_the_terminal",
    ),
    "2 every fault with its cell and remedy": ("test_every_fault_is_shown_with_its_cell_and_remedy_and_no_command",),
    "3 tabs closed and doubled": ("seven_tabs_while_the_job_runs", "test_a_restart_knows_the_folder_and_its_results"),
    "4 started twice": (
        "test_a_running_job_keeps_it_and_closing_stops_the_job", "test_one_job_at_a_time_and_a_stop_that_leaves_the_old_results",
        "test_a_second_start_opens_a_tab_on_the_first_and_ends", "test_a_second_start_proves_the_secret_and_gets_a_code",
    ),
    "5 stopped and killed": (
        "test_a_stop_while_the_forms_are_read_ends_it_at_once", "test_a_job_is_stopped_in_the_notebook_and_the_old_results_stay",
        "test_a_killed_program_is_told_and_the_next_start_goes_on",
    ),
    "6 nothing leaves": (
        "test_from_an_empty_folder_to_the_report_by_keyboard", "test_the_officers_screens", "test_no_static_file_names_an_address",
    ),
    "7 strangers": (
        "test_without_a_cookie_every_address_is_refused", "test_a_code_is_good_once_and_for_a_minute",
        "test_a_form_without_its_field_is_refused",
        "test_another_site_in_the_same_browser_is_refused_with_the_right_cookie_and_with_the_right_code", "test_no_address_leads_to_a_file",
        "test_a_pasted_path_becomes_an_id_or_a_sentence", "test_a_link_out_of_the_folder_is_no_result",
    ),
    "8 received names and files": (
        "test_a_name_that_is_no_form_name_is_refused", "test_a_workbook_comes_in_once",
        "test_another_content_of_the_same_name_is_asked_about",
        "test_what_the_guard_refuses_leaves_nothing", "test_a_file_that_is_too_large_is_refused_while_it_comes",
    ),
    "9 Excel holds it": ("test_a_result_that_excel_holds_is_said_and_the_next_run_works", "test_forms_that_changed_since_are_said"),
    "10 the official version": (
        "test_a_refused_final_version_is_the_list_of_its_reasons_with_their_places",
        "test_from_the_mended_forms_to_the_official_version_its_papers_and_its_bag", "test_the_official_version_its_papers_and_its_bag",
    ),
    "11 everyone": ("test_every_screen_fits_and_axe_finds_nothing", "test_without_a_script_a_form_sends_one_file"),
}


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_has_its_tests(check: str) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in CHECKS[check] if not re.search(rf"^def {name}\(", source, re.MULTILINE)] == []

@echo off
rem ANTQ: opens the page. ASCII only: a console of Windows may not show Vietnamese letters.
setlocal
cd /d "%~dp0"
where py >nul 2>nul
if not errorlevel 1 (
  py -3 run.py page
  goto end
)
where python >nul 2>nul
if not errorlevel 1 (
  python run.py page
  goto end
)
echo May nay chua co Python. Hay cai Python 3.11.5 tro len (ban 64-bit) tu trang python.org,
echo danh dau "Add python.exe to PATH" khi cai, roi bam dup lai ANTQ.bat.
pause
exit /b 3
:end
if errorlevel 1 pause

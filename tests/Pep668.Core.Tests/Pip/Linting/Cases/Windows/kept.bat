rem pip install --break-system-packages x
:: pip install --break-system-packages x
echo pip install --break-system-packages x
if errorlevel 1 echo pip install --break-system-packages x
set PIP_BREAK_SYSTEM_PACKAGES=
set PIP_BREAK_SYSTEM_PACKAGES=0
if exist C:\lib\EXTERNALLY-MANAGED exit /b 1
if "%1"=="--break-system-packages" goto next

@echo off
rem Builds what is missing and starts the exporter on this machine; options go to it.
setlocal
cd /d "%~dp0\.."
where java >nul 2>nul || (echo bin\run: java is missing; install a JDK 17 or newer 1>&2 & exit /b 1)
set "build="
if not exist target\imf-exporter.jar set "build=yes"
if not defined build (
  powershell -NoProfile -Command "$jar = (Get-Item target\imf-exporter.jar).LastWriteTime; if (Get-ChildItem pom.xml, alerts, src\main -Recurse -File | Where-Object { $_.LastWriteTime -gt $jar }) { exit 3 }"
  rem Without PowerShell, what was built is used.
  if errorlevel 3 if not errorlevel 4 set "build=yes"
)
if defined build (
  where mvn >nul 2>nul || (echo bin\run: mvn is missing; install Maven 3.8 or newer 1>&2 & exit /b 1)
  echo Building imf-exporter; the first time downloads its libraries, about a minute ... 1>&2
  call mvn --quiet --batch-mode -DskipTests package 1>&2 || exit /b 1
)
call bin\imf-exporter.cmd %*

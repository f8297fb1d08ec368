@echo off
rem Starts the exporter that was built into target\. The flags keep it small: without them a JVM
rem takes a share of the machine's memory (see docs\performance.md). On Java 19 and newer the JVM
rem keeps an archive of the classes by itself, which halves the time to the first scrape.
rem Names of folders stand in quotes: they may have an ampersand or a bracket in them.
setlocal DisableDelayedExpansion
set "here=%~dp0.."
if not exist "%here%\target\imf-exporter.jar" (
  echo imf-exporter: target\imf-exporter.jar is missing; build it with bin\run.cmd 1>&2
  exit /b 1
)
set "bin="
if not defined JAVA_HOME goto path
set "bin=%JAVA_HOME:"=%\bin\"
if exist "%bin%java.exe" goto found
echo imf-exporter: JAVA_HOME names a folder without bin\java.exe; set it to that of a Java 17 or newer 1>&2
exit /b 1

:path
for %%j in (java.exe) do set "bin=%%~dp$PATH:j"
if defined bin goto found
echo imf-exporter: Java is missing; install Java 17 or newer, or set JAVA_HOME to its folder 1>&2
exit /b 1

:found
set "java=%bin%java.exe"
rem JAVA_VERSION="17.0.9", or "1.8.0_311" as it was called before Java 9.
set "major="
if exist "%bin%..\release" for /f "usebackq tokens=1,2 delims==" %%a in ("%bin%..\release") do (
  if "%%a"=="JAVA_VERSION" for /f "delims=.-+_" %%m in ("%%~b") do set "major=%%m"
)
if defined major goto version
rem As in a folder on PATH that only links to Java: an option that came with Java 17 shows it.
set "major=17"
"%java%" --enable-native-access=ALL-UNNAMED -version >nul 2>nul
if errorlevel 1 set "major=8"

:version
if %major% GEQ 17 goto start
echo imf-exporter: this Java is too old; install Java 17 or newer, or set JAVA_HOME to its folder 1>&2
"%java%" -version
exit /b 1

:start
rem What the JVM has to say goes to standard error: standard output is for programs.
set "flags=-XX:+UseSerialGC -Xms20m -Xmx48m -Xmn4m -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
set "flags=%flags% -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=error:stderr"
rem An archive that is named and missing, as before Java 19, would switch off that of the JDK.
set "archive="
if %major% GEQ 19 set archive=-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%here%\target\imf-exporter.jsa"
"%java%" %flags% %archive% %JAVA_OPTS% -jar "%here%\target\imf-exporter.jar" %*

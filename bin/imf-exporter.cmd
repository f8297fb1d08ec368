@echo off
rem Starts the exporter: an installed one, or the one that was built into target\. The flags keep it
rem small: without them a JVM takes a share of the machine's memory (see docs\performance.md). On Java
rem 19 and newer the JVM keeps an archive of the classes by itself, which quickens the first scrape.
rem Names of folders stand in quotes: they may have an ampersand or a bracket in them.
setlocal DisableDelayedExpansion
set "here=%~dp0.."
set "home=%here%"
if exist "%home%\imf-exporter.jar" goto runtime
set "home=%here%\target"
if exist "%home%\imf-exporter.jar" goto runtime
if not exist "%here%\pom.xml" (
  echo imf-exporter: imf-exporter.jar is missing; install imf-exporter anew 1>&2
  exit /b 1
)
echo imf-exporter: target\imf-exporter.jar is missing; build it with bin\run.cmd 1>&2
exit /b 1

:runtime
rem The package for Windows has a Java of its own.
set "bin=%here%\runtime\bin\"
if exist "%bin%java.exe" goto found
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
rem Without memory it would listen and not answer: it ends, and Windows starts its service again.
set "flags=%flags% -XX:+ExitOnOutOfMemoryError"
rem It goes on without an archive of classes that it cannot use, and need not say so.
set "flags=%flags% -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=error:stderr"
set "flags=%flags% -Xlog:cds=off -Xlog:cds+dynamic=off"
rem An archive that is named and missing, as before Java 19, would switch off that of the JDK. Only the
rem server writes one, since a command knows few classes, and only where it can: else the JVM fails.
set "archive="
if %major% LSS 19 goto run
if exist "%home%\imf-exporter.jsa" set archive="-XX:SharedArchiveFile=%home%\imf-exporter.jsa"
for %%a in (%*) do for %%w in (archive-classes check diagnose evidence help history preflight rules schema service -h --help --version --config.check) do if "%%~a"=="%%w" goto run
md "%home%\imf-exporter.try" 2>nul
if not exist "%home%\imf-exporter.try" goto run
rd "%home%\imf-exporter.try"
set archive=-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%home%\imf-exporter.jsa"

:run
"%java%" %flags% %archive% %JAVA_OPTS% -jar "%home%\imf-exporter.jar" %*

@echo off
rem Starts the exporter that was built into target\. The flags keep it small: without them a JVM
rem takes a share of the machine's memory (see docs\performance.md). On Java 19 and newer the JVM
rem keeps an archive of the classes by itself, which halves the time to the first scrape.
setlocal
set "here=%~dp0.."
if not exist "%here%\target\imf-exporter.jar" (echo imf-exporter: target\imf-exporter.jar is missing; build it with bin\run.cmd 1>&2 & exit /b 1)
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "flags=-XX:+UseSerialGC -Xmx48m -Xmn4m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+IgnoreUnrecognizedVMOptions"
set "flags=%flags% -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="%here%\target\imf-exporter.jsa""
"%java%" %flags% %JAVA_OPTS% -jar "%here%\target\imf-exporter.jar" %*

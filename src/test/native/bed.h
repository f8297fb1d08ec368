/*
 * Where the test bed is steered from. Every stand-in reads its files anew at each use, so a test
 * changes a behaviour by replacing a file and never has to restart anything.
 */
#ifndef BED_H
#define BED_H

#define BED_DIRECTORY "C:\\imf-bed\\"
#define BED_SERVICES_INI BED_DIRECTORY "services.ini"
#define BED_SERVICES_LOG BED_DIRECTORY "services.log"
#define BED_PERFORMANCE_INI BED_DIRECTORY "performance.ini"
#define BED_FAULTS_INI BED_DIRECTORY "faults.ini"
#define BED_CLOCK_INI BED_DIRECTORY "clock.ini"

/* An event log: records behind a header, see event_file.h. */
#define BED_SYSTEM_LOG L"System"
#define BED_APPLICATION_LOG L"Application"

/* How often a stand-in that hangs on request looks whether it still should. */
#define BED_POLL_MS 10

/* User-defined controls (128..255) of the stand-in service. */
#define BED_CONTROL_QUIT 130  /* report STOPPED with the exit codes of services.ini, then end */
#define BED_CONTROL_CRASH 134 /* report STOPPED/1067 as the SCM does for a dead process, then die */

#endif

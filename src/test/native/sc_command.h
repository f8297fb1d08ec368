/* The commands of sc.exe that set up a service; Wine's sc.exe lacks them or forgets what they set. */
#ifndef SC_COMMAND_H
#define SC_COMMAND_H

#include <windows.h>

/*
 *   \\HOST config NAME start= boot|system|auto|demand|disabled|delayed-auto
 *   \\HOST config NAME obj= ACCOUNT
 *   \\HOST config NAME depend= NAME/+GROUP/... or /
 *   \\HOST failure NAME reset= SECONDS actions= TYPE/MS/... [command= LINE] [reboot= TEXT]
 *   \\HOST failureflag NAME 0|1
 * 0 done, 1 a Win32 call failed, 2 sc.exe would not understand it. HOST is this machine.
 */
int sc_command(SC_HANDLE manager, int argc, wchar_t **argv);

#endif

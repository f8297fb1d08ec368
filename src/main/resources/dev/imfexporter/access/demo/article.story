# The story that the demo host plays in real time: an update of the Intelligent Message Filter
# restarts IIS Admin, and mail stands still until somebody notices.
#
# The cycles take turns for ever. A line says when something happens, in minutes:seconds since its
# cycle began, and what:
#
#   cycle <name> <length>                       begins a cycle
#   <time> mail arriving local <n> remote <n>   messages per second, for mailboxes here and elsewhere
#   <time> mail leaving local <n> remote <n>    messages per second that the server can get rid of
#   <time> service <name> <state> [exit <code>] [by hand]
#                                               IISADMIN, SMTPSVC or RESvc; stopped with a Win32 exit
#                                               code, or told to by an administrator, not the update
#   <time> folder new                           the folder of a new version of the filter appears
#   <time> registry new                         the registry names the new version, and Automatic
#                                               Updates says in the system log that it is installed
#
# The system log tells of every control that a service is sent and of every state that it enters;
# exit 1067 stands for a process that went away. Queues are what arrived and has not left. Nothing arrives or leaves while SMTPSVC is not running,
# and its counters begin at zero when it starts. Each cycle begins and ends with every service
# running and the queues empty, and stops and starts SMTPSVC in between.


cycle halt 10:30

0:00 mail arriving local 2.4 remote 1.3
0:00 mail leaving  local 25  remote 12

# The update begins, and a plug-in in inetinfo.exe slows down.
0:50 mail leaving  local 1.0 remote 0.4

# To take the new version in, the update restarts IIS Admin and with it what depends on it.
1:30 service RESvc    stop_pending
1:30 service SMTPSVC  stop_pending
1:33 service RESvc    stopped
1:48 service SMTPSVC  stopped
1:48 service IISADMIN stop_pending
2:31 service IISADMIN stopped
2:36 folder new

# The plug-in fails the start, and IIS Admin stays down.
2:40 service IISADMIN start_pending
3:05 service IISADMIN stopped exit 1067
4:50 registry new

# Users have called: an administrator starts the services.
7:40 service IISADMIN start_pending by hand
7:52 service IISADMIN running
7:53 service SMTPSVC  start_pending by hand
7:58 service SMTPSVC  running

# Other servers deliver what they have kept meanwhile.
7:58 mail arriving local 8.5 remote 4.0
7:58 mail leaving  local 6.0 remote 3.0
7:59 service RESvc    start_pending by hand
8:02 service RESvc    running
8:45 mail arriving local 2.4 remote 1.3
10:00 mail leaving local 25  remote 12


cycle quick 9:30

0:00 mail arriving local 2.8 remote 1.5
0:00 mail leaving  local 25  remote 12

# The same update on a good day.
2:00 mail leaving  local 2.0 remote 1.0
2:20 service RESvc    stop_pending
2:20 service SMTPSVC  stop_pending
2:21 service RESvc    stopped
2:22 service SMTPSVC  stopped
2:22 service IISADMIN stop_pending
2:25 service IISADMIN stopped
2:27 folder new
2:28 service IISADMIN start_pending
2:31 registry new
2:33 service IISADMIN running
2:33 service SMTPSVC  start_pending
2:36 service SMTPSVC  running
2:36 mail arriving local 4.2 remote 2.2
2:36 mail leaving  local 6.0 remote 3.0
2:36 service RESvc    start_pending
2:37 service RESvc    running
2:56 mail arriving local 2.8 remote 1.5
4:00 mail leaving  local 25  remote 12

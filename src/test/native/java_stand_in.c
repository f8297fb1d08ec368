/*
 * java.exe for the test of bin\imf-exporter.cmd: prints its arguments, a line each in brackets, and
 * ends with 3. The environment variable STAND_IN_VERSION is its version, for the option that came
 * with Java 17.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "--enable-native-access=ALL-UNNAMED") == 0) {
        const char *version = getenv("STAND_IN_VERSION");
        return version && atoi(version) >= 17 ? 0 : 1;
    }
    for (int i = 1; i < count; i++) printf("[%s]\n", arguments[i]);
    return 3;
}

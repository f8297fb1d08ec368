/*
 * iphlpapi.dll for a Windows JVM under Wine, beside java.exe: java.net.NetworkInterface of Java 21
 * and newer calls GetAnycastIpAddressTable, which Wine 8 does not have; the JVM would end.
 */
#include <winsock2.h>
#include <ws2ipdef.h>
#include <iphlpapi.h>
#include <windows.h>

/* No anycast addresses. From the heap that Wine's FreeMibTable frees to. */
NETIO_STATUS WINAPI GetAnycastIpAddressTable(ADDRESS_FAMILY family, PMIB_ANYCASTIPADDRESS_TABLE *table)
{
    (void)family;
    *table = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof **table);
    return *table ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

package dev.imfexporter.bed;

/**
 * A function that a stand-in of Windows' DLLs can make fail or hang, and what a fault is named by.
 */
public enum Win32Function {
  /** By machine; {@code .} is this one. */
  OPEN_SC_MANAGER("OpenSCManagerW"),
  /** By service, as all the service functions below. */
  OPEN_SERVICE("OpenServiceW"),
  QUERY_SERVICE_STATUS_EX("QueryServiceStatusEx"),
  QUERY_SERVICE_CONFIG("QueryServiceConfigW"),
  QUERY_SERVICE_CONFIG_2("QueryServiceConfig2W"),
  ENUM_DEPENDENT_SERVICES("EnumDependentServicesW"),
  NOTIFY_SERVICE_STATUS_CHANGE("NotifyServiceStatusChangeW"),
  /** By sub-key, or the last parts of its path. */
  REG_OPEN_KEY_EX("RegOpenKeyExW"),
  /** By value; of HKEY_PERFORMANCE_DATA the object index or {@code Counter 009}. */
  REG_QUERY_VALUE_EX("RegQueryValueExW"),
  /** By log, as the functions below. */
  OPEN_EVENT_LOG("OpenEventLogW"),
  GET_NUMBER_OF_EVENT_LOG_RECORDS("GetNumberOfEventLogRecords"),
  GET_OLDEST_EVENT_LOG_RECORD("GetOldestEventLogRecord"),
  /** Or by log and "seek", e.g. {@code System seek}, for its seek reads only. */
  READ_EVENT_LOG("ReadEventLogW"),
  NOTIFY_CHANGE_EVENT_LOG("NotifyChangeEventLog"),
  /** By process id. */
  ENUM_PROCESS_MODULES_EX("EnumProcessModulesEx"),
  /** By machine, without backslashes. */
  NET_REMOTE_TOD("NetRemoteTOD");

  private final String export;

  Win32Function(String export) {
    this.export = export;
  }

  String export() {
    return export;
  }
}

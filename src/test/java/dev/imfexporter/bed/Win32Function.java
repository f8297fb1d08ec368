package dev.imfexporter.bed;

/** A function that the advapi32 stand-in can make fail or hang, and what a fault is named by. */
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
  REG_QUERY_VALUE_EX("RegQueryValueExW");

  private final String export;

  Win32Function(String export) {
    this.export = export;
  }

  String export() {
    return export;
  }
}

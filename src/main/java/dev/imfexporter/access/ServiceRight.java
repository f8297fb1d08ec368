package dev.imfexporter.access;

/**
 * A right to a service (<a
 * href="https://learn.microsoft.com/windows/win32/services/service-security-and-access-rights">
 * page</a>, MS-SCMR 3.1.4).
 */
public enum ServiceRight {
  SERVICE_QUERY_CONFIG(1),
  SERVICE_QUERY_STATUS(4),
  SERVICE_ENUMERATE_DEPENDENTS(8);

  private final int mask;

  ServiceRight(int mask) {
    this.mask = mask;
  }

  public int mask() {
    return mask;
  }

  /** What an account must be granted. */
  public String on(String service) {
    return name() + " on the service " + service;
  }
}

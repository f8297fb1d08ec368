package dev.imfexporter.access;

/**
 * Short names of the two services that this program is about. The SCM compares them without case.
 */
public final class WellKnownServices {

  /** IIS Admin Service: its restart takes SMTP and everything else in inetinfo.exe along. */
  public static final String IIS_ADMIN = "IISADMIN";

  /** Simple Mail Transfer Protocol (SMTP): the service that carries the mail. */
  public static final String SMTP = "SMTPSVC";

  private WellKnownServices() {}
}

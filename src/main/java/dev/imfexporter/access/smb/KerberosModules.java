package dev.imfexporter.access.smb;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The modules of the JDK that a log-in by Kerberos needs. A reduced runtime may lack them. */
public final class KerberosModules {
  /** The log-in itself, and the key of its session. */
  private static final List<String> LOG_IN = List.of("jdk.security.auth", "jdk.security.jgss");

  /** Finds KDCs; not needed with a krb5.conf that names them. */
  private static final String DNS = "jdk.naming.dns";

  private KerberosModules() {}

  /** Returns those that this JVM lacks; empty if a log-in is possible. */
  public static List<String> missing() {
    return missing(
        name -> ModuleLayer.boot().findModule(name).isPresent(),
        System.getProperty(KerberosSettings.PROPERTY) != null);
  }

  static List<String> missing(Predicate<String> has, boolean namesKdcs) {
    return Stream.concat(LOG_IN.stream(), namesKdcs ? Stream.empty() : Stream.of(DNS))
        .filter(has.negate())
        .toList();
  }
}

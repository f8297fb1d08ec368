package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry;
import dev.imfexporter.collector.MailFolders.Purpose;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders in which the virtual servers of a host keep their mail: those of the configuration,
 * or those of setup. Exchange uses {@code Mailroot\vsi N} below its own folder, IIS alone {@code
 * inetpub\mailroot} (KB250040). The metabase, which may name others, cannot be read.
 */
final class Mailroots {
  /** A bound for the number of series. */
  private static final int MOST = 64;

  private static final Duration WITHIN = Duration.ofSeconds(1);
  private static final Pattern VIRTUAL_SERVER = Pattern.compile("vsi ([1-9]\\d{0,3})");

  private static final String WINDOWS_KEY = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
  private static final String IIS_KEY = "SOFTWARE\\Microsoft\\InetStp";
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  private final Map<String, String> configured = new TreeMap<>();

  /**
   * @param configured the folder by virtual server; empty for those of setup
   */
  Mailroots(Map<String, String> configured) {
    configured.forEach((server, folder) -> this.configured.put(server, unclosed(folder)));
  }

  /** The folder, which may not exist, by virtual server as the performance counters name it. */
  Map<String, String> of(HostAccess host) throws AccessException {
    return configured.isEmpty() ? ofSetup(host) : Collections.unmodifiableMap(configured);
  }

  /** The folder of a mailroot as Windows spells it. */
  static String folder(String mailroot, Purpose purpose) {
    String word = purpose.word();
    return mailroot + "\\" + Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  static NotApplicable none(Map<String, String> mailroots) {
    return new NotApplicable(
        "There is no Queue, Badmail, Pickup or Drop in "
            + String.join(" or ", mailroots.values())
            + "; the configuration can say where they are");
  }

  private static String unclosed(String folder) {
    return folder.endsWith("\\") ? folder.substring(0, folder.length() - 1) : folder;
  }

  private static Map<String, String> ofSetup(HostAccess host) throws AccessException {
    Registry registry = host.registry();
    Optional<String> exchange = new HklmKey(registry, DefinitionReading.SETUP_KEY).text("Services");
    if (exchange.isPresent()) {
      Map<String, String> found = exchange(host.files(), exchange.get() + "\\Mailroot");
      if (!found.isEmpty()) {
        return found;
      }
    }
    return Map.of(virtualServer(1), relay(registry));
  }

  private static Map<String, String> exchange(Files files, String folder) throws AccessException {
    List<Entry> entries =
        files.sample(folder, MOST, WITHIN).map(Files.Sample::entries).orElse(List.of());
    NavigableMap<Integer, String> found = new TreeMap<>();
    for (Entry entry : entries) {
      Matcher name = VIRTUAL_SERVER.matcher(entry.name().toLowerCase(Locale.ROOT));
      if (entry.folder() && name.matches()) {
        found.put(Integer.parseInt(name.group(1)), folder + "\\" + entry.name());
      }
    }
    Map<String, String> servers = new LinkedHashMap<>();
    found.forEach((number, at) -> servers.put(virtualServer(number), at));
    return servers;
  }

  /** Setup creates mailroot beside wwwroot, whose path it writes into the registry. */
  private static String relay(Registry registry) throws AccessException {
    String drive =
        new HklmKey(registry, WINDOWS_KEY)
            .text("SystemRoot")
            .filter(root -> DRIVE.matcher(root).matches())
            .map(root -> root.substring(0, 2))
            .orElse("C:");
    String wwwroot =
        new HklmKey(registry, IIS_KEY)
            .text("PathWWWRoot")
            .map(path -> path.replaceFirst("(?i)^%SystemDrive%", drive))
            .filter(path -> DRIVE.matcher(path).matches() && path.lastIndexOf('\\') > 1)
            .orElse(drive + "\\inetpub\\wwwroot");
    return wwwroot.substring(0, wwwroot.lastIndexOf('\\')) + "\\mailroot";
  }

  private static String virtualServer(int number) {
    return "SMTP " + number;
  }
}

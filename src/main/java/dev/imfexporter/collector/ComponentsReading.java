package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Modules.Module;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.Components.Component;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The modules of {@code inetinfo.exe}, IIS Admin's process, divided into Microsoft's and
 * third-party ones: a plug-in that is slow to stop or to start delays a restart of IIS Admin.
 */
public final class ComponentsReading implements Collector<Components> {
  /** Each makes a series; a usual host has fewer than ten. */
  private static final int MOST_LISTED = 50;

  private static final int LONGEST_TEXT = 80;
  private static final Pattern MICROSOFT = Pattern.compile("(?i)Microsoft\\b.*");

  /**
   * The files of IIS SMTP, Exchange and its filter, for when their version resource cannot be read:
   * the sinks that Microsoft's analyzer lists (TechNet aa997096), the filter (Cc875815), and the
   * process.
   */
  private static final Set<String> STANDARD =
      Set.of(
          "inetinfo.exe",
          "smtpsvc.dll",
          "aqueue.dll",
          "seo.dll",
          "exps.dll",
          "miscat.dll",
          "onsubmit.dll",
          "peexch50.dll",
          "phatcat.dll",
          "protolog.dll",
          "reapi.dll",
          "regsinks.dll",
          "tranmsg.dll",
          "turflist.dll",
          "msexchange.ucecontentfilter.dll");

  /** The process and the service of IIS SMTP, which an update of Windows replaces. */
  private static final Set<String> OWN = Set.of("inetinfo.exe", "smtpsvc.dll");

  @Override
  public Components take(HostAccess host) throws AccessException, NotApplicable {
    long process =
        host.services()
            .status(WellKnownServices.IIS_ADMIN)
            .map(ServiceStatus::processId)
            .filter(id -> id != 0)
            .orElseThrow(
                () -> new NotApplicable("IIS Admin is not running, so nothing is loaded into it"));
    List<Module> modules = host.modules().of(process);
    if (modules.isEmpty()) {
      throw new NotApplicable("IIS Admin's process ended during the reading");
    }
    return parted(modules);
  }

  private static Components parted(List<Module> modules) {
    List<Module> thirdParty = modules.stream().filter(module -> !isStandard(module)).toList();
    List<Component> others = components(thirdParty);
    return new Components(
        others.subList(0, Math.min(MOST_LISTED, others.size())),
        Math.max(0, others.size() - MOST_LISTED),
        modules.size() - thirdParty.size(),
        components(modules.stream().filter(ComponentsReading::isStandard).toList()).stream()
            .filter(module -> OWN.contains(module.name().toLowerCase(Locale.ROOT)))
            .limit(MOST_LISTED)
            .toList());
  }

  private static List<Component> components(List<Module> modules) {
    return modules.stream()
        .map(ComponentsReading::component)
        .distinct()
        .sorted(
            Comparator.comparing(Component::name)
                .thenComparing(Component::company)
                .thenComparing(Component::version))
        .toList();
  }

  /** By the company of the version resource; without one, by the name of the file. */
  private static boolean isStandard(Module module) {
    return module
        .company()
        .map(String::strip)
        .filter(company -> !company.isEmpty())
        .map(company -> MICROSOFT.matcher(company).matches())
        .orElseGet(() -> STANDARD.contains(file(module).toLowerCase(Locale.ROOT)));
  }

  private static Component component(Module module) {
    return new Component(
        HostText.printable(file(module), LONGEST_TEXT),
        HostText.printable(module.company().orElse("").strip(), LONGEST_TEXT),
        HostText.printable(module.version().orElse("").strip(), LONGEST_TEXT));
  }

  private static String file(Module module) {
    return module.path().substring(module.path().lastIndexOf('\\') + 1);
  }
}

package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Modules;
import dev.imfexporter.access.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The modules of {@code inetinfo.exe}: Microsoft's, and the plug-in that is slow. */
final class DemoModules implements Modules {
  private static final String INETSRV = "C:\\WINDOWS\\system32\\inetsrv\\";
  private static final String SYSTEM = "C:\\WINDOWS\\system32\\";
  private static final String EXCHANGE = DemoFiles.EXCHANGE + "\\bin\\";
  private static final String IIS_VERSION = "6.0.3790.3959";
  private static final String WINDOWS_VERSION = "5.2.3790.3959";
  private static final String EXCHANGE_VERSION = "6.5.7638.1";

  private static final List<Module> ALWAYS =
      List.of(
          microsoft(INETSRV, "inetinfo.exe", IIS_VERSION),
          microsoft(SYSTEM, "ntdll.dll", WINDOWS_VERSION),
          microsoft(SYSTEM, "kernel32.dll", WINDOWS_VERSION),
          microsoft(SYSTEM, "advapi32.dll", WINDOWS_VERSION),
          microsoft(SYSTEM, "rpcrt4.dll", WINDOWS_VERSION),
          microsoft(SYSTEM, "ws2_32.dll", WINDOWS_VERSION),
          microsoft(SYSTEM, "ole32.dll", WINDOWS_VERSION),
          microsoft(INETSRV, "iisadmin.dll", IIS_VERSION),
          microsoft(INETSRV, "metadata.dll", IIS_VERSION),
          microsoft(INETSRV, "infocomm.dll", IIS_VERSION));

  private static final List<Module> WITH_SMTP =
      List.of(
          microsoft(INETSRV, "smtpsvc.dll", IIS_VERSION),
          microsoft(INETSRV, "aqueue.dll", IIS_VERSION),
          microsoft(INETSRV, "seo.dll", IIS_VERSION),
          microsoft(EXCHANGE, "phatcat.dll", EXCHANGE_VERSION),
          microsoft(EXCHANGE, "reapi.dll", EXCHANGE_VERSION),
          microsoft(EXCHANGE, "exps.dll", EXCHANGE_VERSION),
          microsoft(EXCHANGE, "peexch50.dll", EXCHANGE_VERSION));

  private static final Module PLUG_IN =
      new Module(
          "C:\\Program Files\\Contoso\\Mail Scanner\\csmtpsink.dll",
          Optional.of("Contoso Mail Scanner"),
          Optional.of("4.1.2.0"));

  private final DemoHost host;

  DemoModules(DemoHost host) {
    this.host = host;
  }

  @Override
  public List<Module> of(long processId) throws AccessException {
    Scene scene = host.scene("EnumProcessModulesEx " + processId);
    boolean lives = scene.played(DemoService.IISADMIN).state() != ServiceState.STOPPED;
    if (!lives || processId != DemoServices.processId(scene)) {
      return List.of();
    }
    List<Module> modules = new ArrayList<>(ALWAYS);
    if (scene.played(DemoService.SMTPSVC).state() != ServiceState.STOPPED) {
      modules.addAll(WITH_SMTP);
      String version = DemoFiles.version(scene.registered());
      modules.add(
          microsoft(
              DemoFiles.FILTER + "\\" + version + "\\",
              "MSExchange.UceContentFilter.dll",
              version));
    }
    if (hasPlugIn(scene)) {
      modules.add(PLUG_IN);
    }
    return modules;
  }

  /** It is loaded with SMTP and while IIS Admin starts, and IIS Admin cannot end before it does. */
  private static boolean hasPlugIn(Scene scene) {
    return scene.played(DemoService.SMTPSVC).state() != ServiceState.STOPPED
        || scene.played(DemoService.IISADMIN).state() != ServiceState.RUNNING;
  }

  private static Module microsoft(String folder, String file, String version) {
    return new Module(folder + file, Optional.of("Microsoft Corporation"), Optional.of(version));
  }
}

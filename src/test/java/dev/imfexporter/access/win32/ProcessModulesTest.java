package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Modules.Module;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class ProcessModulesTest {
  private static final String PLUGIN = "C:\\imf-bed\\plugin.dll";
  private static final int LOOKS = 100;
  private static final int PARTIAL_COPY = 299;

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    host.close();
    bed.reset();
  }

  private List<Module> smtp() throws Exception {
    return host.modules().of(host.services().status("SMTPSVC").orElseThrow().processId());
  }

  @Test
  void programAndPlugInWithCompanyAndVersion() throws Exception {
    bed.stop("SMTPSVC");
    bed.plugin("SMTPSVC", PLUGIN);
    bed.start("SMTPSVC");

    List<Module> modules = smtp();

    assertThat(modules.get(0).path().toLowerCase(Locale.ROOT))
        .isEqualTo("c:\\windows\\system32\\inetsrv\\inetinfo.exe");
    assertThat(modules.get(0).company()).contains("Microsoft Corporation");
    assertThat(modules.get(0).version()).contains("7.5.7600.16385");
    assertThat(modules)
        .filteredOn(module -> module.path().equalsIgnoreCase(PLUGIN))
        .containsExactly(
            new Module(
                modules.stream()
                    .map(Module::path)
                    .filter(PLUGIN::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(),
                Optional.of("Example Filters Ltd."),
                Optional.of("2.1.0.7")));
    bed.stop("SMTPSVC");
  }

  @Test
  void aFileWithoutAVersion() {
    assertThat(FileVersion.of("C:\\imf-bed\\smtpperf.dll")).isEmpty();
    assertThat(FileVersion.of("C:\\no such file.dll")).isEmpty();
  }

  @Test
  void processWhoseListChangesIsAskedAgain() throws Exception {
    bed.fault(Win32Function.ENUM_PROCESS_MODULES_EX, WindowsBed.ANY, PARTIAL_COPY, 4);

    assertThat(smtp().get(0).path()).endsWithIgnoringCase("inetinfo.exe");
  }

  @Test
  void processWhoseListNeverHoldsStillHasNoModules() throws Exception {
    bed.fault(Win32Function.ENUM_PROCESS_MODULES_EX, WindowsBed.ANY, PARTIAL_COPY);

    assertThat(smtp()).isEmpty();
  }

  @Test
  void otherErrorsAreNotTriedAgain() throws Exception {
    bed.fault(Win32Function.ENUM_PROCESS_MODULES_EX, WindowsBed.ANY, 5, 1);

    assertThatThrownBy(this::smtp)
        .isInstanceOf(AccessException.CallFailed.class)
        .hasMessageContaining("PROCESS_VM_READ");
  }

  @Test
  void noSuchProcess() throws Exception {
    assertThat(host.modules().of(0x7ffffff0)).isEmpty();
    assertThat(host.modules().of(0)).isEmpty();
  }

  @Test
  void processesOfAnotherMachine() {
    try (WindowsHost other = WindowsHost.remote("localhost")) {
      assertThatThrownBy(() -> other.modules().of(1))
          .isInstanceOf(AccessException.Unsupported.class)
          .hasMessageContaining("not of those of \\\\localhost");
    }
  }

  @Test
  void manyLooksLeaveNoHandle() throws Exception {
    smtp();
    int kernel = OpenHandles.ofKernel();
    for (int i = 0; i < LOOKS; i++) {
      assertThat(smtp()).isNotEmpty();
    }

    assertThat(OpenHandles.ofKernel()).isLessThan(kernel + LOOKS / 2);
  }
}

package dev.imfexporter.access.win32;

import static dev.imfexporter.access.Registry.View.BITS_32;
import static dev.imfexporter.access.Registry.View.BITS_64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.WinReg.HKEYByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.RegistryValue.Binary;
import dev.imfexporter.access.RegistryValue.Numeric;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.access.RegistryValue.Texts;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("windows")
class Win32RegistryTest {
  private static final String PARENT = "SOFTWARE\\imf-exporter-test";
  private static final String KEY = PARENT + "\\first\\second";
  private static final String DEFINITION_KEY =
      WindowsBed.DEFINITION_KEY.substring("HKLM\\".length());
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int READS = 1000;
  private static final int LEFT_OPEN = 100;

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private final Registry registry = host.registry();

  private final List<Reading> readings = new ArrayList<>();

  /** What a reader finds when it is told of a change, as the watcher of a definition does. */
  private record Reading(boolean exists, Optional<RegistryValue> value) {}

  private synchronized void told(View view) {
    try {
      readings.add(
          new Reading(registry.lastWritten(view, KEY).isPresent(), registry.value(view, KEY, "V")));
    } catch (AccessException e) {
      throw new IllegalStateException(e);
    }
    notifyAll();
  }

  /** Waits until the last reading is this one; more tellings than changes are no harm. */
  private synchronized void awaitReading(Predicate<Reading> expected) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (readings.isEmpty() || !expected.test(readings.get(readings.size() - 1))) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      assertThat(left).as("read only %s", readings).isPositive();
      wait(left);
    }
  }

  private void awaitValue(String text) throws InterruptedException {
    awaitReading(reading -> reading.value().equals(Optional.of(new Text(text))));
  }

  private synchronized List<Reading> readings() {
    return List.copyOf(readings);
  }

  @BeforeEach
  void reset() {
    bed.reset();
    deleteAll();
  }

  @AfterEach
  void leaveNothing() {
    host.close();
    deleteAll();
    bed.reset();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("registry key "));
  }

  private static void deleteAll() {
    for (View view : View.values()) {
      for (String key = KEY;
          key.startsWith(PARENT);
          key = key.substring(0, key.lastIndexOf('\\'))) {
        delete(view, key);
      }
    }
  }

  private static int sam(View view) {
    return view == BITS_64 ? WinNT.KEY_WOW64_64KEY : WinNT.KEY_WOW64_32KEY;
  }

  private static void delete(View view, String key) {
    int end = key.lastIndexOf('\\');
    if (Advapi32Util.registryKeyExists(WinReg.HKEY_LOCAL_MACHINE, key, sam(view))) {
      Advapi32Util.registryDeleteKey(
          WinReg.HKEY_LOCAL_MACHINE, key.substring(0, end), key.substring(end + 1), sam(view));
    }
  }

  private static void create(View view, String key) {
    HKEYByReference created = new HKEYByReference();
    assertThat(
            Advapi32.INSTANCE.RegCreateKeyEx(
                WinReg.HKEY_LOCAL_MACHINE,
                key,
                0,
                null,
                0,
                WinNT.KEY_READ | sam(view),
                null,
                created,
                null))
        .isZero();
    Advapi32.INSTANCE.RegCloseKey(created.getValue());
  }

  private static void write(View view, String name, int type, byte[] data) {
    HKEYByReference key = new HKEYByReference();
    create(view, KEY);
    assertThat(
            Advapi32.INSTANCE.RegOpenKeyEx(
                WinReg.HKEY_LOCAL_MACHINE, KEY, 0, WinNT.KEY_WRITE | sam(view), key))
        .isZero();
    assertThat(Advapi32.INSTANCE.RegSetValueEx(key.getValue(), name, 0, type, data, data.length))
        .isZero();
    Advapi32.INSTANCE.RegCloseKey(key.getValue());
  }

  private static void writeText(View view, String name, String text) {
    create(view, KEY);
    Advapi32Util.registrySetStringValue(WinReg.HKEY_LOCAL_MACHINE, KEY, name, text, sam(view));
  }

  @Test
  void theDefinitionAsItsUpdateLeavesIt() throws Exception {
    assertThat(registry.value(BITS_64, DEFINITION_KEY, "packageversion"))
        .contains(new Text("6.5.7936.0"));
    assertThat(registry.value(BITS_64, "SOFTWARE\\Microsoft\\Exchange", "ContentFilterState"))
        .contains(new Numeric(1));
  }

  @Test
  void missing() throws Exception {
    assertThat(registry.value(BITS_64, DEFINITION_KEY, "NoSuchValue")).isEmpty();
    assertThat(registry.value(BITS_64, "SOFTWARE\\No\\Such\\Key", "PackageVersion")).isEmpty();
    assertThat(registry.lastWritten(BITS_64, "SOFTWARE\\No\\Such\\Key")).isEmpty();
  }

  @Test
  void theTwoViewsAreTwoRegistries() throws Exception {
    writeText(BITS_64, "V", "of 64 bits");
    assertThat(registry.value(BITS_32, KEY, "V")).isEmpty();
    writeText(BITS_32, "V", "of 32 bits");

    assertThat(registry.value(BITS_64, KEY, "V")).contains(new Text("of 64 bits"));
    assertThat(registry.value(BITS_32, KEY, "V")).contains(new Text("of 32 bits"));
  }

  @Test
  void types() throws Exception {
    write(BITS_64, "dword", WinNT.REG_DWORD, new byte[] {-1, -1, -1, -1});
    write(BITS_64, "qword", WinNT.REG_QWORD, new byte[] {1, 0, 0, 0, 1, 0, 0, 0});
    write(BITS_64, "binary", WinNT.REG_BINARY, new byte[] {1, 2, 3});
    write(BITS_64, "list", WinNT.REG_MULTI_SZ, new byte[] {'a', 0, 0, 0, 'b', 0, 0, 0, 0, 0});
    write(BITS_64, "empty", WinNT.REG_SZ, new byte[0]);

    assertThat(registry.value(BITS_64, KEY, "dword")).contains(new Numeric(0xffff_ffffL));
    assertThat(registry.value(BITS_64, KEY, "qword")).contains(new Numeric(0x1_0000_0001L));
    assertThat(registry.value(BITS_64, KEY, "binary")).contains(new Binary("010203"));
    assertThat(registry.value(BITS_64, KEY, "list")).contains(new Texts(List.of("a", "b")));
    assertThat(registry.value(BITS_64, KEY, "empty")).contains(new Text(""));
  }

  @Test
  void aValueOfTheWrongSizeIsNamed() {
    write(BITS_64, "dword", WinNT.REG_DWORD, new byte[] {1, 2});

    assertThatThrownBy(() -> registry.value(BITS_64, KEY, "dword"))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessageStartingWith("HKLM\\" + KEY + "\\dword: ")
        .hasMessageContaining("2 bytes, want 4");
  }

  @Test
  void longValues() throws Exception {
    String text = "x".repeat(30_000);
    writeText(BITS_64, "long", text);

    assertThat(registry.value(BITS_64, KEY, "long")).contains(new Text(text));
  }

  @Test
  void lastWrittenMovesWithEachWrite() throws Exception {
    Instant begin = Instant.now();
    writeText(BITS_64, "V", "1");
    Instant first = registry.lastWritten(BITS_64, KEY).orElseThrow();
    writeText(BITS_64, "V", "2");
    Instant second = registry.lastWritten(BITS_64, KEY).orElseThrow();

    assertThat(first).isBetween(begin.minusSeconds(1), Instant.now().plusSeconds(1));
    assertThat(second).isAfter(first);
  }

  @Test
  void refusedNamesTheRight() {
    bed.fault(Win32Function.REG_OPEN_KEY_EX, DEFINITION_KEY, 5);

    assertThatThrownBy(() -> registry.value(BITS_64, DEFINITION_KEY, "PackageVersion"))
        .isInstanceOf(AccessException.CallFailed.class)
        .hasMessage(
            "RegOpenKeyEx HKLM\\%1$s failed: Access denied (5).".formatted(DEFINITION_KEY)
                + " The account needs KEY_QUERY_VALUE on the registry key HKLM\\"
                + DEFINITION_KEY);
    assertThatThrownBy(() -> registry.onChange(BITS_64, DEFINITION_KEY, () -> {}))
        .isInstanceOf(AccessException.CallFailed.class)
        .hasMessageContaining("KEY_NOTIFY");
  }

  @Test
  void aThousandReadsLeaveNoHandle() throws Exception {
    registry.value(BITS_64, DEFINITION_KEY, "PackageVersion");
    int before = OpenHandles.ofRegistryAndServices();
    int kernel = OpenHandles.ofKernel();
    long begin = System.nanoTime();
    for (int i = 0; i < READS; i++) {
      registry.value(BITS_64, DEFINITION_KEY, "PackageVersion");
      registry.value(BITS_32, DEFINITION_KEY, "PackageVersion");
      registry.lastWritten(BITS_64, DEFINITION_KEY);
    }
    System.out.printf(
        "two values and a last-write time: %.0f us%n", (System.nanoTime() - begin) / 1e3 / READS);

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    // The JVM opens and closes a few of its own.
    assertThat(OpenHandles.ofKernel()).isLessThan(kernel + READS / 10);
  }

  @Test
  void theCountsSeeKeysThatAreLeftOpen() throws Exception {
    int before = OpenHandles.ofRegistryAndServices();
    int kernel = OpenHandles.ofKernel();
    List<RegistryKey> open = new ArrayList<>();
    for (int i = 0; i < LEFT_OPEN; i++) {
      open.add(
          RegistryKey.open(null, BITS_64, DEFINITION_KEY, RegistryKey.Right.KEY_NOTIFY)
              .orElseThrow());
    }

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before + LEFT_OPEN);
    // The JVM opens and closes a few of its own.
    assertThat(OpenHandles.ofKernel()).isGreaterThan(kernel + LEFT_OPEN / 2);
    open.forEach(RegistryKey::close);
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void aChangedValueIsTold(View view) throws Exception {
    writeText(view, "V", "1");
    registry.onChange(view, KEY, () -> told(view));

    long begin = System.nanoTime();
    writeText(view, "V", "2");
    awaitValue("2");
    System.out.printf(
        "a registry change was told and read after %.1f ms%n", (System.nanoTime() - begin) / 1e6);
    writeText(view, "V", "3");
    awaitValue("3");
  }

  @Test
  void aKeyBelowIsTold() throws Exception {
    create(BITS_64, PARENT);
    registry.onChange(BITS_64, PARENT, () -> told(BITS_64));

    create(BITS_64, KEY);
    awaitReading(Reading::exists);
    writeText(BITS_64, "V", "1");
    awaitValue("1");
  }

  @Test
  void comingAndGoingAreTold() throws Exception {
    registry.onChange(BITS_64, KEY, () -> told(BITS_64));

    for (int i = 0; i < 5; i++) {
      create(BITS_64, PARENT);
      create(BITS_64, PARENT + "\\first");
      create(BITS_64, KEY);
      awaitReading(Reading::exists);
      writeText(BITS_64, "V", "value " + i);
      awaitValue("value " + i);
      deleteAll();
      awaitReading(reading -> !reading.exists());
    }
  }

  @Test
  void neighboursAreNotTold() throws Exception {
    create(BITS_64, PARENT + "\\first");
    registry.onChange(BITS_64, KEY, () -> told(BITS_64));

    create(BITS_64, PARENT + "\\first\\neighbour");
    create(BITS_64, KEY);
    awaitReading(Reading::exists);

    assertThat(readings()).allMatch(Reading::exists);
    delete(BITS_64, PARENT + "\\first\\neighbour");
  }

  @Test
  void closingEndsTheThreadAndClosesItsKeys() throws Exception {
    writeText(BITS_64, "V", "1");
    int before = OpenHandles.ofRegistryAndServices();
    Subscription subscription = registry.onChange(BITS_64, KEY, () -> told(BITS_64));
    writeText(BITS_64, "V", "2");
    awaitValue("2");

    long begin = System.nanoTime();
    subscription.close();
    subscription.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    int told = readings().size();
    writeText(BITS_64, "V", "3");
    assertThat(readings()).hasSize(told);
  }

  @Test
  void manyChangesLeaveNoHandle() throws Exception {
    writeText(BITS_64, "V", "first");
    int before = OpenHandles.ofRegistryAndServices();
    int kernel = OpenHandles.ofKernel();
    Subscription subscription = registry.onChange(BITS_64, KEY, () -> told(BITS_64));
    for (int i = 0; i < 200; i++) {
      writeText(BITS_64, "V", "value " + i);
      awaitValue("value " + i);
    }
    subscription.close();

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    assertThat(OpenHandles.ofKernel()).isLessThan(kernel + 50);
  }

  @Test
  void anotherMachine() throws Exception {
    try (WindowsHost other = WindowsHost.remote("localhost")) {
      int before = OpenHandles.ofRegistryAndServices();
      assertThat(other.registry().value(BITS_64, DEFINITION_KEY, "PackageVersion"))
          .contains(new Text("6.5.7936.0"));
      assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
      assertThatThrownBy(() -> other.registry().onChange(BITS_64, KEY, () -> {}))
          .isInstanceOf(AccessException.Unsupported.class);
      assertThatThrownBy(() -> other.files().list("C:\\"))
          .isInstanceOf(AccessException.Unsupported.class);
    }
  }

  @Test
  void anotherMachineThatIsNotThere() {
    try (WindowsHost other = WindowsHost.remote("nosuchhost")) {
      assertThatThrownBy(() -> other.registry().value(BITS_64, KEY, "V"))
          .isInstanceOf(AccessException.CallFailed.class)
          .hasMessageStartingWith("RegConnectRegistry \\\\nosuchhost failed: ");
    }
  }
}

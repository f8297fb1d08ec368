package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue.Numeric;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldersReadingTest {
  private static final Instant OLDEST = Instant.parse("2026-11-25T03:12:00Z");
  private static final String SETUP = "SOFTWARE\\Microsoft\\Exchange\\Setup";
  private static final String MAILROOT = "D:\\Exchsrvr\\Mailroot";
  private static final String RELAY = "C:\\inetpub\\mailroot";

  private final BareHost host = new BareHost();
  private final FoldersReading reading = new FoldersReading(Map.of());

  @Test
  void messagesAreCountedWeighedAndDated() throws Exception {
    host.folder(
        RELAY + "\\Queue",
        file("NTFS_1.EML", 100, OLDEST.plusSeconds(5)),
        file("NTFS_2.EML", 20, OLDEST),
        file("NTFS_3.EML", 3, OLDEST.plusSeconds(9)),
        folder("sub"));

    assertThat(reading.take(host).folders())
        .containsExactly(
            new MailFolder("SMTP 1", Purpose.QUEUE, 3, 123, Optional.of(OLDEST), true));
  }

  @Test
  void emptyFolderHasNoOldestAndMissingOneIsLeftOut() throws Exception {
    host.folder(RELAY + "\\Pickup").folder(RELAY + "\\Drop");

    assertThat(reading.take(host).folders())
        .containsExactly(
            new MailFolder("SMTP 1", Purpose.PICKUP, 0, 0, Optional.empty(), true),
            new MailFolder("SMTP 1", Purpose.DROP, 0, 0, Optional.empty(), true));
  }

  @Test
  void companionsOfABadMessageAreNoMessages() throws Exception {
    host.folder(
        RELAY + "\\Badmail",
        file("04b1.BAD", 10, OLDEST),
        file("04b1.BDP", 1, OLDEST.minusSeconds(1)),
        file("04b1.bdr", 1, OLDEST.minusSeconds(1)));

    assertThat(reading.take(host).folders())
        .containsExactly(
            new MailFolder("SMTP 1", Purpose.BADMAIL, 1, 10, Optional.of(OLDEST), true));
  }

  @Test
  void moreThanTenThousandMessagesAreALowerBound() throws Exception {
    host.folder(
        RELAY + "\\Queue",
        IntStream.range(0, 10_001)
            .mapToObj(i -> file(i + ".eml", 2, OLDEST))
            .toArray(Entry[]::new));

    assertThat(reading.take(host).folders())
        .containsExactly(
            new MailFolder("SMTP 1", Purpose.QUEUE, 10_000, 20_000, Optional.of(OLDEST), false));
  }

  @Test
  void exchangeHasAFolderForEachVirtualServer() throws Exception {
    host.value(View.BITS_32, SETUP, "Services", new Text("D:\\Exchsrvr"))
        .folder(
            MAILROOT,
            folder("vsi 10"),
            folder("VSI 2"),
            folder("vsi 0"),
            folder("vsi x"),
            file("vsi 3", 0, OLDEST))
        .folder(MAILROOT + "\\vsi 2\\Queue")
        .folder(MAILROOT + "\\vsi 10\\Queue");

    assertThat(reading.take(host).folders())
        .extracting(MailFolder::virtualServer)
        .containsExactly("SMTP 2", "SMTP 10");
  }

  @Test
  void exchangeToolsAloneDoNotHideARelay() throws Exception {
    host.value(View.BITS_32, SETUP, "Services", new Text("D:\\Exchsrvr")).folder(RELAY + "\\Queue");

    assertThat(reading.take(host).folders()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "%SystemDrive%\\inetpub\\wwwroot, C:\\WINDOWS, C:\\inetpub\\mailroot",
    "%systemdrive%\\inetpub\\wwwroot, E:\\Windows, E:\\inetpub\\mailroot",
    "D:\\Inetpub\\wwwroot,            C:\\WINDOWS, D:\\Inetpub\\mailroot",
    "%ProgramFiles%\\wwwroot,         C:\\WINDOWS, C:\\inetpub\\mailroot",
    "C:,                              C:\\WINDOWS, C:\\inetpub\\mailroot",
    "'',                              nonsense,    C:\\inetpub\\mailroot",
  })
  void relayKeepsItsMailBesideItsWebSite(String wwwroot, String windows, String mailroot)
      throws Exception {
    host.value(View.BITS_64, "SOFTWARE\\Microsoft\\InetStp", "PathWWWRoot", new Text(wwwroot))
        .value(
            View.BITS_64,
            "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
            "SystemRoot",
            new Text(windows))
        .folder(mailroot + "\\Queue");

    assertThat(reading.take(host).folders()).hasSize(1);
  }

  @Test
  void configuredFoldersAreTheOnlyOnes() throws Exception {
    host.folder(RELAY + "\\Queue").folder("\\\\relay7\\mail\\Queue", file("1.eml", 1, OLDEST));
    FoldersReading configured = new FoldersReading(Map.of("SMTP 7", "\\\\relay7\\mail\\"));

    assertThat(configured.take(host).folders())
        .containsExactly(new MailFolder("SMTP 7", Purpose.QUEUE, 1, 1, Optional.of(OLDEST), true));
  }

  @Test
  void hostWithoutTheFoldersSaysWhereTheyWereLookedFor() {
    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(NotApplicable.class)
        .hasMessage(
            "There is no Queue, Badmail, Pickup or Drop in C:\\inetpub\\mailroot; the configuration"
                + " can say where they are");
  }

  @Test
  void everyFolderHasItsBounds() throws Exception {
    host.folder(RELAY + "\\Queue");
    reading.take(host);

    assertThat(host.sampled)
        .containsExactly(
            RELAY + "\\Queue 10000 1000",
            RELAY + "\\Badmail 10000 1000",
            RELAY + "\\Pickup 10000 1000",
            RELAY + "\\Drop 10000 1000");
  }

  @Test
  void manyVirtualServersShareTheTime() throws Exception {
    host.folder("\\\\a\\1\\Queue");
    new FoldersReading(
            Map.of("SMTP 1", "\\\\a\\1", "SMTP 2", "\\\\a\\2", "SMTP 3", "\\\\a\\3", "SMTP 4", "x"))
        .take(host);

    assertThat(host.sampled).hasSize(16).allMatch(question -> question.endsWith(" 10000 250"));
  }

  @Test
  void foldersThatCannotBeReachedAreTheCallersToHear() {
    host.filesFault = Optional.of(new AccessException.Unsupported("needs a share"));

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(AccessException.Unsupported.class)
        .hasMessage("needs a share");
  }

  @Test
  void valueOfTheWrongTypeFailsTheReading() {
    host.value(View.BITS_32, SETUP, "Services", new Numeric(1));

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessageContaining("Setup\\Services is the number 1, expected a text");
  }

  private static Entry file(String name, long bytes, Instant modified) {
    return new Entry(name, false, bytes, modified.minusSeconds(3_600), modified);
  }

  private static Entry folder(String name) {
    return new Entry(name, true, 0, OLDEST.minusSeconds(99), OLDEST.minusSeconds(99));
  }
}

package dev.imfexporter.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The time zone of the times that a command prints, in the words of {@code ?tz=} of the pages. */
final class ZoneOption {
  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      converter = ZoneConverter.class,
      description =
          "The time zone of the times that are printed, such as Europe/Vienna or UTC; the pages have"
              + " the same as ?tz=. Default: that of the exporter that is asked, or of this machine.")
  private @Nullable ZoneId zone;

  /** Empty if it is for the exporter to decide. */
  Optional<ZoneId> chosen() {
    return Optional.ofNullable(zone);
  }

  /** That of this machine if none was chosen. */
  ZoneId orHere() {
    return chosen().orElseGet(ZoneId::systemDefault);
  }

  /** Made by picocli. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "want a time zone, such as Europe/Vienna or UTC, not '" + text + "'");
      }
    }
  }
}

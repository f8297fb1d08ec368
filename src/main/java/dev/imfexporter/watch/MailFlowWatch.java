package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.MailFolders;
import dev.imfexporter.reading.ServicesReading;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.MailFlowJudge.Greeting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings what is read of the mail before the judge, when there is something new to judge. */
final class MailFlowWatch {
  /** What was read longer ago says nothing of the present. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Time itself is news to a judge of standstill. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  private final MailFlowJudge judge = new MailFlowJudge();
  private final boolean bannerWatched;
  private @Nullable Dated<Smtp> smtp;
  private @Nullable Dated<MailFolders> folders;
  private @Nullable Greeting banner;
  private @Nullable Moment judged;
  private Optional<ServiceState> lastState = Optional.empty();
  private boolean news = true;
  private MailFlow newest = new MailFlow(MailFlow.State.UNKNOWN, List.of("Nothing was read yet."));

  private record Dated<T>(T value, Moment at) {}

  MailFlowWatch(boolean bannerWatched) {
    this.bannerWatched = bannerWatched;
  }

  void smtp(Smtp read, Moment at) {
    smtp = new Dated<>(read, at);
    news = true;
  }

  void folders(MailFolders read, Moment at) {
    folders = new Dated<>(read, at);
    news = true;
  }

  void banner(Banner read, Moment asked) {
    banner = new Greeting(read, asked);
    news = true;
  }

  MailFlow newest() {
    return newest;
  }

  MailFlow judge(Moment now, boolean readable, ServiceLook services) {
    String service = ServicesReading.SMTP_SERVICE;
    Optional<ServiceState> state = readable ? services.state(service) : Optional.empty();
    Moment last = judged;
    boolean due = last == null || now.since(last).compareTo(AGAIN) >= 0;
    if (!news && !due && state.equals(lastState)) {
      return newest;
    }
    news = false;
    judged = now;
    lastState = state;
    Optional<StartMode> mode = services.startMode(service);
    newest =
        judge.judge(
            now,
            new MailFlowJudge.Input(
                readable,
                state,
                mode.equals(Optional.of(StartMode.DISABLED)),
                services.out(now).contains(service) || mode.map(StartMode::automatic).orElse(false),
                fresh(smtp, now),
                bannerWatched,
                Optional.ofNullable(banner),
                fresh(folders, now)));
    return newest;
  }

  private static <T> Optional<T> fresh(@Nullable Dated<T> read, Moment now) {
    return Optional.ofNullable(read)
        .filter(dated -> now.since(dated.at()).compareTo(FRESH) <= 0)
        .map(Dated::value);
  }
}

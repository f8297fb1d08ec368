package dev.imfexporter.life;

import dev.imfexporter.watch.model.MailFlow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be known of a moment.
 *
 * @param leftStopped of each service of which it is clear
 * @param mailFlow empty where two answers are right
 */
public record ExpectedCheck(
    Instant at, Map<LifeService, Boolean> leftStopped, Optional<MailFlow.State> mailFlow) {

  List<String> differences(Observed.Check seen) {
    List<String> wrong = new ArrayList<>();
    leftStopped.forEach(
        (service, want) -> {
          if (seen.leftStopped().contains(service.shortName()) != want) {
            wrong.add(at + ": " + service.shortName() + " left stopped is not " + want);
          }
        });
    mailFlow
        .filter(want -> want != seen.mailFlow())
        .ifPresent(
            want ->
                wrong.add(at + ": mail is " + seen.mailFlow().word() + ", want " + want.word()));
    return wrong;
  }
}

package dev.imfexporter.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryWordsTest {
  /** What stands behind the program may be a password. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "notify.exe | command= notify.exe",
        "notify.exe /user:a /password:Secret77 | command= \"notify.exe ARGUMENTS\"",
        "\"C:\\my tools\\n.exe\" Secret77 | command= \"C:\\my tools\\n.exe ARGUMENTS\"",
        "\"C:\\my tools\\n.exe\" | command= \"C:\\my tools\\n.exe\"",
        "\"no end Secret77 | command= ARGUMENTS",
      })
  void aCommandIsShownWithoutItsArguments(String command, String shown) {
    String words =
        RecoveryWords.of(
            new RecoveryActions(
                60, List.of(new Action(ActionType.RUN_COMMAND, 5)), command, "", Optional.empty()));

    assertThat(words).isEqualTo("reset= 60 actions= run/5 " + shown).doesNotContain("Secret77");
  }
}

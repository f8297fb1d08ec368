package dev.imfexporter.watch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private boolean full;
  private final InOrder tasks =
      new InOrder(
          task -> {
            if (full) {
              throw new RejectedExecutionException();
            }
            threads.add(task);
          });

  private void add(String name) {
    tasks.execute(() -> done.add(name));
  }

  @Test
  void oneThreadRunsWhatCameMeanwhile() {
    add("a");
    add("b");
    assertThat(threads).hasSize(1);
    tasks.execute(() -> add("d"));
    add("c");
    threads.remove().run();

    assertThat(done).containsExactly("a", "b", "c", "d");
    assertThat(threads).isEmpty();
    add("e");
    threads.remove().run();
    assertThat(done).endsWith("e");
  }

  @Test
  void taskThatFailsHoldsUpNoOther() {
    tasks.execute(
        () -> {
          throw new IllegalStateException("a defect");
        });
    add("b");
    assertThatThrownBy(() -> threads.remove().run()).hasMessage("a defect");
    threads.remove().run();

    assertThat(done).containsExactly("b");
  }

  @Test
  void withoutAThreadTasksWaitForTheNextOne() {
    full = true;
    assertThatThrownBy(() -> add("a")).isInstanceOf(RejectedExecutionException.class);
    full = false;
    add("b");
    threads.remove().run();

    assertThat(done).containsExactly("a", "b");
  }
}

package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chartflow.connect.atlas.AtlasFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AtlasMailsTest {

  private static final int MESSAGES = 100;

  private final TaskMailboxImpl mailbox = new TaskMailboxImpl();
  private final MailboxExecutorImpl executor =
      new MailboxExecutorImpl(mailbox, 0, StreamTaskActionExecutor.IMMEDIATE);

  @Test
  void aFeedThatIsFasterThanTheTaskWaitsForIt() throws Exception {
    List<Long> taken = new ArrayList<>();
    Fast feed = new Fast();
    try (AtlasMails mails =
        new AtlasMails(feed, executor, (offset, key, value) -> taken.add(offset))) {
      assertThat(mails).isNotNull();
      await().until(() -> mailbox.size() == 16);
      while (taken.size() < MESSAGES) {
        Mail mail = mailbox.take(0);
        mail.run();
        assertThat(mailbox.size()).isLessThanOrEqualTo(16);
      }
    }
    assertThat(taken).hasSize(MESSAGES).isSorted();
  }

  @Test
  void closingWaitsForNobodyToTakeWhatIsLeft() throws Exception {
    AtlasMails mails = new AtlasMails(new Fast(), executor, (offset, key, value) -> {});
    await().until(() -> mailbox.size() == 16);

    mails.close();

    assertThat(mailbox.size()).isGreaterThanOrEqualTo(16);
  }

  /** Brings some messages as fast as it can, and ends when all were brought. */
  private static final class Fast implements AtlasFeed {

    private static final long serialVersionUID = 1L;

    @Override
    public AutoCloseable open(Taker taker, Consumer<RuntimeException> failed) {
      Thread thread =
          new Thread(
              () -> {
                for (long i = 0; i < MESSAGES; i++) {
                  taker.take(i, null, null);
                }
              });
      thread.start();
      return thread::join;
    }
  }
}

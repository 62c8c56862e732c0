package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasFeed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a feed's messages to a task as its mails, which it takes between two events. Some wait at
 * most: a feed that is faster than the task waits too. A feed that fails fails the task.
 */
final class AtlasMails implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(AtlasMails.class);

  /** Messages of a version are some hundred kilobytes. */
  private static final int WAITING = 16;

  private static final long LOOK_NANOS = 1_000_000;

  private final MailboxExecutor mailbox;
  private final Work work;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AutoCloseable feed;
  private volatile boolean closed;

  /** Opens the feed; {@code work} is done by the task. */
  AtlasMails(AtlasFeed feed, MailboxExecutor mailbox, Work work) {
    this.mailbox = mailbox;
    this.work = work;
    this.feed = feed.open(this::take, this::fail);
  }

  @Override
  public void close() throws Exception {
    closed = true;
    feed.close();
  }

  private void take(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    while (waiting.get() >= WAITING && !closed) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    waiting.incrementAndGet();
    send(
        () -> {
          waiting.decrementAndGet();
          work.take(offset, key, value);
        });
  }

  private void fail(RuntimeException why) {
    send(
        () -> {
          throw new IllegalStateException("the atlas topic could not be read", why);
        });
  }

  private void send(ThrowingRunnable<Exception> mail) {
    try {
      mailbox.execute(mail, "a message of the atlas topic");
    } catch (RejectedExecutionException e) {
      LOGGER.debug("The task has ended, a message of the atlas topic was not taken");
    }
  }

  /** What the task does with a message. */
  @FunctionalInterface
  interface Work {

    void take(long offset, byte @Nullable [] key, byte @Nullable [] value) throws Exception;
  }
}

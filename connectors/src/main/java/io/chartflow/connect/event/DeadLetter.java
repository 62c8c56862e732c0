package io.chartflow.connect.event;

/**
 * An event that could not be decoded.
 *
 * @param raw the original record
 * @param reason the kind of fault
 * @param message what was expected, what came and where: {@code events-2@10433: field "t" is NaN}
 */
public record DeadLetter(RawEvent raw, RejectReason reason, String message) {}

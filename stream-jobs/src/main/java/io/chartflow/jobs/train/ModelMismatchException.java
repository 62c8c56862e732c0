package io.chartflow.jobs.train;

import io.chartflow.model.config.AtlasConfig;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A checkpoint of another model than the job's. Learning cannot go on over it, and no restart will
 * help: Flink fails the job at once.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class ModelMismatchException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  ModelMismatchException(AtlasConfig restored, AtlasConfig configured) {
    super(
        "the checkpoint holds a model of configuration "
            + restored.hash()
            + ", but the job is configured for "
            + configured.hash()
            + ". Give the job the configuration of the checkpoint, or start it without the"
            + " checkpoint to learn anew.\n  checkpoint: "
            + restored
            + "\n  job:        "
            + configured);
  }
}

#!/usr/bin/env bash
# Submits TrainJob and ScoreJob to the session cluster. Runs in the Flink image. Each job has a folder
# of checkpoints of its own: the configuration names none, so that the one given here counts.
set -euo pipefail

jobmanager=jobmanager:8081
jar=/opt/chartflow/chartflow-jobs.jar
config=/etc/chartflow/chartflow.yaml

# The newest completed checkpoint of a job, or nothing.
newest_checkpoint() {
  ls -t /checkpoints/"$1"/*/chk-*/_metadata 2>/dev/null | head -n 1 || true
}

submit() { # name class
  local name=$1 class=$2 from restore=()
  if flink list -r -m "$jobmanager" | grep -q "chartflow-$name"; then
    echo "$name is running already"
    return
  fi
  from=$(newest_checkpoint "$name")
  if [ -n "$from" ]; then
    echo "$name goes on from ${from%/_metadata}"
    restore=(-s "file://${from%/_metadata}")
  fi
  flink run -d -m "$jobmanager" -Dexecution.checkpointing.dir="file:///checkpoints/$name" \
    "${restore[@]}" -c "$class" "$jar" --config "$config"
}

submit train io.chartflow.jobs.train.TrainJob
submit score io.chartflow.jobs.score.ScoreJob

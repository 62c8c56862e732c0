/**
 * A Flink cluster inside this process, with its web page. Front door: {@link
 * io.chartflow.local.cluster.LocalFlink}, whose environments run the jobs as a cluster would.
 */
@NullMarked
package io.chartflow.local.cluster;

import org.jspecify.annotations.NullMarked;

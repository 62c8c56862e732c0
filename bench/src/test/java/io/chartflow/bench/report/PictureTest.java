package io.chartflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.bench.report.Panels.Line;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.internal.chartpart.Chart;

class PictureTest {

  @Test
  void panelsOfEachKindLieBesideEachOtherInASmallFile() throws IOException {
    Random random = new Random(1);
    double[] x = random.doubles(2500).toArray();
    double[] y = random.doubles(2500).toArray();
    int[] groups = random.ints(2500, 0, 64).toArray();
    int[] heat = random.ints(20 * 20, 0, 101).toArray();
    List<Chart<?, ?>> panels =
        List.of(
            Panels.points("points", 200, x, y, groups, new double[] {0, 1, 0, 1}),
            Panels.heat("heat", 200, 20, heat),
            Panels.lines(
                "lines",
                "events",
                "nats",
                200,
                200,
                List.of(
                    new Line("a", List.of(1.0, 2.0), List.of(Double.NaN, 3.0)),
                    new Line("b", List.of(1.0, 2.0), List.of(2.0, 3.0), List.of(0.1, 0.2)))));

    byte[] png = Picture.png(panels, 2);

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(400);
    assertThat(image.getHeight()).isEqualTo(400);
    assertThat(png).hasSizeLessThan(150_000);
  }
}

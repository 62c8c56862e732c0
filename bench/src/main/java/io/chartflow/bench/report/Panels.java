package io.chartflow.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The kinds of panels of this house's pictures, in one style. */
public final class Panels {

  private static final int TITLE_SIZE = 13;
  private static final int LABEL_SIZE = 10;

  private static final Color[] LINES = {
    new Color(0x1B6CA8),
    new Color(0xD1495B),
    new Color(0x30343F),
    new Color(0xEDAE49),
    new Color(0x4C956C),
    new Color(0x8F5DB7)
  };

  private static final Color[] HEAT = {
    new Color(0xFFFFFF),
    new Color(0xCFE1F2),
    new Color(0x6AAED6),
    new Color(0x2070B4),
    new Color(0x08306B)
  };

  private Panels() {}

  /**
   * A line by its points.
   *
   * @param name in the legend
   * @param x of the points
   * @param y of the points; what is not finite is left out
   * @param error half height of the bars at the points, empty for none
   */
  public record Line(String name, List<Double> x, List<Double> y, List<Double> error) {

    /** A line with no bars. */
    public Line(String name, List<Double> x, List<Double> y) {
      this(name, x, y, List.of());
    }
  }

  /** Lines over a common axis. */
  public static XYChart lines(
      String title, String across, String up, int width, int height, List<Line> lines) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(true).setLegendPosition(LegendPosition.InsideSE);
    chart.getStyler().setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE));
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    for (int i = 0; i < lines.size(); i++) {
      add(chart, lines.get(i), LINES[i % LINES.length]);
    }
    return chart;
  }

  private static void add(XYChart chart, Line line, Color color) {
    int[] kept =
        IntStream.range(0, line.x().size()).filter(i -> Double.isFinite(line.y().get(i))).toArray();
    if (kept.length == 0) {
      return;
    }
    double[] x = Arrays.stream(kept).mapToDouble(i -> line.x().get(i)).toArray();
    double[] y = Arrays.stream(kept).mapToDouble(i -> line.y().get(i)).toArray();
    XYSeries series =
        line.error().isEmpty()
            ? chart.addSeries(line.name(), x, y)
            : chart.addSeries(
                line.name(),
                x,
                y,
                Arrays.stream(kept).mapToDouble(i -> line.error().get(i)).toArray());
    series.setLineColor(color).setLineStyle(new BasicStroke(1.6f));
    series.setMarker(line.error().isEmpty() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
  }

  /**
   * Points in the plane.
   *
   * @param group of each point, for its colour; all equal for one colour
   * @param window lowest and highest across, then up
   */
  public static XYChart points(
      String title, int size, double[] x, double[] y, int[] group, double[] window) {
    XYChart chart = new XYChartBuilder().width(size).height(size).title(title).build();
    style(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(2).setAntiAlias(false);
    chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    chart.getStyler().setXAxisMin(window[0]).setXAxisMax(window[1]);
    chart.getStyler().setYAxisMin(window[2]).setYAxisMax(window[3]);
    int[] groups = Arrays.stream(group).distinct().sorted().toArray();
    for (int g = 0; g < groups.length; g++) {
      int wanted = groups[g];
      int[] members =
          IntStream.range(0, x.length)
              .filter(i -> group[i] == wanted && isInside(x[i], y[i], window))
              .toArray();
      if (members.length > 0) {
        XYSeries series =
            chart.addSeries(
                "g" + wanted,
                Arrays.stream(members).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(members).mapToDouble(i -> y[i]).toArray());
        series.setMarker(SeriesMarkers.SQUARE);
        series.setMarkerColor(groups.length == 1 ? LINES[0] : hue(g));
      }
    }
    return chart;
  }

  private static boolean isInside(double x, double y, double[] window) {
    return x >= window[0] && x <= window[1] && y >= window[2] && y <= window[3];
  }

  /** Neighbours differ: steps by the golden ratio around the circle. */
  private static Color hue(int index) {
    float turn = (float) ((index * 0.61803398875) % 1.0);
    return Color.getHSBColor(turn, index % 2 == 0 ? 0.85f : 0.6f, index % 3 == 0 ? 0.55f : 0.85f);
  }

  /**
   * A map of values from 0 to 100.
   *
   * @param values (side × side), row by row from below
   */
  public static HeatMapChart heat(String title, int size, int side, int[] values) {
    HeatMapChart chart = new HeatMapChartBuilder().width(size).height(size).title(title).build();
    style(chart.getStyler());
    chart.getStyler().setRangeColors(HEAT).setMin(0).setMax(100);
    chart.getStyler().setPlotContentSize(1.0);
    chart.getStyler().setAxisTicksVisible(false);
    int[] places = IntStream.range(0, side).toArray();
    int[][] heat = new int[side][side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        heat[column][row] = values[row * side + column];
      }
    }
    chart.addSeries(title, places, places, heat);
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, TITLE_SIZE));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE));
    styler.setPlotGridLinesColor(new Color(0xE4E4E4));
    styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(new Color(0xB0B0B0)).setPlotBorderVisible(true);
    styler.setChartTitleBoxVisible(false).setLegendVisible(false).setChartPadding(4);
  }
}

extension TwoProportionBet {
    /// The bet of an audit whose user states none: half on .5 % against 8 %, half on what earlier pairs show.
    ///
    /// Among five mixtures it asks about the fewest documents over the rates that audits meet. Mean pairs seen by a
    /// hybrid at level .005 with 500 + 500 documents (2000 + 2000 where it differs), 10,000 runs each:
    ///
    /// | truth: control, suspect | (.01, .05) | (.01, .10) | (.005, .08) | (.001, .05) | (.01, .20) |
    /// |---|---|---|---|---|---|
    /// | .001, .02 | 471 (668) | 470 (692) | 462 (670) | 456 (650) | 480 (766) |
    /// | .001, .05 | 238 (239) | 230 | 218 | 221 (222) | 243 (245) |
    /// | .001, .10 | 115 | 106 | 104 | 105 | 106 |
    /// | .001, .20 | 56 | 52 | 51 | 51 | 49 |
    /// | .001, .40 | 26 | 25 | 25 | 24 | 23 |
    /// | .001, .60 | 16 | 16 | 16 | 15 | 15 |
    /// | .01, .02 | 498 (1862) | 498 (1917) | 497 (1914) | 497 (1922) | 499 (1941) |
    /// | .01, .05 | 376 (445) | 376 (485) | 378 (501) | 397 (537) | 408 (554) |
    /// | .01, .10 | 155 | 149 | 152 | 165 | 160 |
    /// | .01, .20 | 66 | 61 | 61 | 63 | 59 |
    /// | .01, .40 | 29 | 27 | 27 | 27 | 25 |
    /// | .01, .60 | 17 | 17 | 16 | 16 | 16 |
    /// | geometric mean | 90.5 (105.5) | 86.4 (102.0) | 85.7 (101.2) | 86.3 (102.1) | 85.7 (102.4) |
    /// | worst excess over the best of the five | 15 % (15) | 9 % (9) | 7 % (13) | 11 % (21) | 12 % (25) |
    /// | pairs at .01, .20 over those of a fixed design for the bet's own alternative | .16 | .44 | .40 | .29 | 1.16 |
    /// | documents per arm for power .8 at its own alternative: fixed, hybrid | 415, 471 | 138, 151 | 153, 168 | 215, 239 | 51, 59 |
    ///
    /// Betting on (.01, .20) stops 4 to 7 % sooner when leakage is gross, where there is least to save, and up to 14 %
    /// later when it is rare. The power of the hybrid hardly depends on the bet, because the final test is the same. The
    /// tests in `StandardBetTests` recompute the comparison with fewer runs.
    public static let standard = TwoProportionBet.mixture(
        controlRate: 0.005, suspectRate: 0.08, pseudocount: standardPseudocount)
}

//! The end of a network follows its data: units and activation of the last Dense layer, the loss, and the stop rule.

use inkling_engine::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, Loss, StopRule,
};

/// Makes the end of the network fit the data; what fits already stays. A regression ends without an activation; the sign
/// of one output with tanh, or with a sigmoid and its loss; several classes with softmax.
pub fn fit_network(experiment: &mut Experiment) {
    let (n_outputs, is_regression) = ends_of(&experiment.data);
    let initializer = match &experiment.data {
        DataConfig::Plane(plane) if !plane.playground_seed.is_empty() => Initializer::Playground,
        _ => Initializer::GlorotUniform,
    };
    let network = &mut experiment.network;
    if !network.iter().any(is_dense) {
        network
            .push(LayerConfig::Dense(DenseConfig { kernel_initializer: initializer, ..DenseConfig::new(n_outputs) }));
    }
    let last = network.iter_mut().rev().find_map(|layer| match layer {
        LayerConfig::Dense(dense) => Some(dense),
        _ => None,
    });
    let Some(last) = last else { return };
    last.units = n_outputs;
    let training = &mut experiment.training;
    (last.activation, training.loss) = match (last.activation, training.loss) {
        (_, loss) if is_regression => {
            (Activation::Linear, if loss.is_for_classes() { Loss::HalfSquaredError } else { loss })
        }
        _ if n_outputs > 1 => (Activation::Softmax, Loss::CategoricalCrossentropy),
        (Activation::Sigmoid, Loss::BinaryCrossentropy) => (Activation::Sigmoid, Loss::BinaryCrossentropy),
        (_, loss) if !loss.is_for_classes() => (Activation::Tanh, loss),
        _ => (Activation::Tanh, Loss::HalfSquaredError),
    };
    if is_regression && matches!(training.stop, StopRule::ValidationScore { .. }) {
        training.stop = StopRule::Never;
    }
}

/// What the end of a network depends on: the number of outputs, and whether it is a regression.
pub fn ends_of(data: &DataConfig) -> (usize, bool) {
    let spec = data.clone().spec();
    (spec.n_outputs, spec.is_regression)
}

fn is_dense(layer: &LayerConfig) -> bool {
    matches!(layer, LayerConfig::Dense(_))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::{PlanePreset, Validation};

    fn last(experiment: &Experiment) -> (usize, Activation, Loss) {
        let Some(LayerConfig::Dense(dense)) = experiment.network.last() else { panic!("a Dense layer") };
        (dense.units, dense.activation, experiment.training.loss)
    }

    fn with_outputs(experiment: &mut Experiment, n_outputs: usize) {
        let DataConfig::Plane(plane) = &mut experiment.data else { panic!("a plane") };
        plane.n_outputs = n_outputs;
        fit_network(experiment);
    }

    #[test]
    fn the_end_follows_the_classes() {
        let mut experiment = PlanePreset::Playground.experiment();
        with_outputs(&mut experiment, 3);
        assert_eq!(last(&experiment), (3, Activation::Softmax, Loss::CategoricalCrossentropy));
        experiment.check().unwrap();
        with_outputs(&mut experiment, 1);
        assert_eq!(last(&experiment), (1, Activation::Tanh, Loss::HalfSquaredError));
        experiment.check().unwrap();
    }

    #[test]
    fn what_fits_stays() {
        let mut experiment = PlanePreset::Circle.experiment();
        for (activation, loss) in
            [(Activation::Sigmoid, Loss::BinaryCrossentropy), (Activation::Tanh, Loss::MeanSquaredError)]
        {
            let Some(LayerConfig::Dense(dense)) = experiment.network.last_mut() else { panic!("a Dense layer") };
            dense.activation = activation;
            experiment.training.loss = loss;
            let before = experiment.clone();
            fit_network(&mut experiment);
            assert_eq!(experiment, before);
        }
        let mut regression = PlanePreset::Plane.experiment();
        regression.training.loss = Loss::MeanSquaredError;
        let before = regression.clone();
        fit_network(&mut regression);
        assert_eq!(regression, before);
    }

    #[test]
    fn a_regression_has_no_accuracy_to_stop_by() {
        let mut experiment = PlanePreset::Plane.experiment();
        experiment.training.stop = StopRule::ValidationScore { n_iter_no_change: 10, tol: 0.0 };
        experiment.training.validation = Validation::Last { validation_split: 0.5 };
        assert!(experiment.check().is_err());
        fit_network(&mut experiment);
        experiment.check().unwrap();
    }

    #[test]
    fn a_network_without_layers_gets_its_last_one() {
        let mut experiment = PlanePreset::Playground.experiment();
        experiment.network.clear();
        fit_network(&mut experiment);
        assert_eq!(last(&experiment), (1, Activation::Tanh, Loss::HalfSquaredError));
        experiment.check().unwrap();
    }
}

/**
 * Campaigns from the choice to the result: where rules and statements meet the drawing and
 * measuring of {@code ml.campaign}.
 */
package io.servicelake.campaign;
